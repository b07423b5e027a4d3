// PostgreSQL's error codes, and their meaning for the person who starts Taskr.

import { DatabaseError } from '../database-error.ts'

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const serializationFailure = '40001'
const deadlockDetected = '40P01'
const featureNotSupported = '0A000'
const undefinedStatement = '26000'
const duplicateStatement = '42P05'
const refusals = new Set(['28000', '28P01', '3D000', '42501'])
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ENOENT',
  '57P03',
  '53300',
])

export function isPostgresRepeatable(error: unknown): boolean {
  const code = codeOf(error)
  return (
    code === serializationFailure ||
    code === deadlockDetected ||
    findNameProblem(error) !== undefined
  )
}

/**
 * Returns "outdated" when a migration has changed what a named statement answers, and "lost" when the name stands for
 * nothing or something else, as behind a pooler that does not know of names.
 */
export function findNameProblem(error: unknown): 'outdated' | 'lost' | undefined {
  const code = codeOf(error)
  if (code === undefinedStatement || code === duplicateStatement) return 'lost'
  const isOutdated =
    code === featureNotSupported &&
    error instanceof Error &&
    error.message.includes('cached plan must not change result type')
  return isOutdated ? 'outdated' : undefined
}

// Classes: 08 connection, 53 resources such as a full disk, 57 operator, 58 system, XX damaged. Codes: read-only after a
// failover, lock timeout.
const outages = /^(?:08|53|57|58|XX)|^(?:25006|55P03)$/

export function isPostgresOutage(error: unknown): boolean {
  const code = codeOf(error)
  const isLost =
    error instanceof Error &&
    /connection terminated|connection timeout|connection error|not queryable|exceeded when trying to connect|after calling end/i.test(
      error.message,
    )
  return isLost || (code !== undefined && (outages.test(code) || isDescribed(code)))
}

function isDescribed(code: string): boolean {
  return refusals.has(code) || unreachable.has(code) || code === 'EPIPE'
}

const pgBouncerSetting =
  'ignore_startup_parameters = extra_float_digits,statement_timeout,lock_timeout,idle_in_transaction_session_timeout'

export function describePostgresError(error: unknown, place: string): DatabaseError | undefined {
  const code = codeOf(error)
  if (error instanceof Error && /unsupported startup parameter/.test(error.message)) {
    return new DatabaseError(
      'refused',
      `PgBouncer at ${place} refuses Taskr’s time limits. Set in pgbouncer.ini: ${pgBouncerSetting}`,
      { cause: error },
    )
  }
  if (code !== undefined && refusals.has(code)) {
    return new DatabaseError(
      'refused',
      `PostgreSQL at ${place} refuses: check user, password, database name and permissions (${code}).`,
      { cause: error },
    )
  }
  if ((code !== undefined && unreachable.has(code)) || isConnectTimeout(error)) {
    return new DatabaseError('unreachable', `PostgreSQL at ${place} does not answer.`, {
      cause: error,
    })
  }
  return undefined
}

// The pool's own timeout is an Error without a code.
function isConnectTimeout(error: unknown): boolean {
  return error instanceof Error && /connection timeout|terminated unexpectedly/i.test(error.message)
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
