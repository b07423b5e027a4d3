// Settings that silently make a production server unsafe. Taskr refuses to start with them.
import { isVeryWideNetwork } from '../accounts/accounts.ts'
import { isOpenToOthers } from '../connections/connections.ts'
import { addressPerHost } from '../support/address-per-host.ts'
import { isLoopback } from '../support/loopback.ts'
import { splitList } from './value-kinds.ts'

/** Returns one line for each unsafe setting, without its value. */
export function findUnsafeSettings(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const mode = environment['NODE_ENV'] ?? ''
  if (!['', 'production', 'development', 'test'].includes(mode)) {
    return ['NODE_ENV must be production or development']
  }
  if (mode !== 'production') return []
  const problems: string[] = []
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    problems.push('NODE_TLS_REJECT_UNAUTHORIZED must not be 0: any server could pass for Attio')
  }
  for (const name of ['DATABASE_URL', 'LISTEN_DATABASE_URL']) {
    if (!isRemotePostgresWithoutTls(environment[name] ?? '')) continue
    problems.push(
      `${name} must have sslmode=verify-full: PostgreSQL on another machine is reached without TLS`,
    )
  }
  if (isOpenToOthers(environment['TASKR_KEYS'] ?? '')) {
    problems.push(
      'TASKR_KEYS names a file that others can read or change: chmod 600, or 640 for a group that may read it',
    )
  }
  if (splitList(environment['TASKR_LIMIT_EXEMPT'] ?? '').some(isVeryWideNetwork)) {
    problems.push(
      'TASKR_LIMIT_EXEMPT has a range that strangers are in: name the networks of your own people, at most an IPv4 /8 or an IPv6 /16',
    )
  }
  return problems
}

function isRemotePostgresWithoutTls(text: string): boolean {
  return addressPerHost(text).some(isRemoteWithoutTls)
}

function isRemoteWithoutTls(text: string): boolean {
  if (!/^postgres(ql)?:/i.test(text) || !URL.canParse(text)) return false
  const { hostname, searchParams } = new URL(text)
  const host = searchParams.get('host') ?? hostname
  if (host === '' || host.startsWith('/') || isLoopback(host)) return false
  const isEncrypted = ['require', 'verify-ca', 'verify-full'].includes(
    searchParams.get('sslmode') ?? '',
  )
  return !isEncrypted && searchParams.get('ssl') !== 'true'
}
