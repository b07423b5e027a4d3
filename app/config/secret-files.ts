// Secrets in files, as container platforms mount them: NAME_FILE names a file that holds the value of NAME.
import { readFileSync } from 'node:fs'

type Variables = Readonly<Record<string, string | undefined>>

/** The variables whose values are secrets, or addresses with a password in them. */
export const secretVariables = [
  'DATABASE_URL',
  'LISTEN_DATABASE_URL',
  'TARGET_DATABASE_URL',
  'ATTIO_CLIENT_SECRET',
  'OIDC_CLIENT_SECRET',
  'SMTP_URL',
  'TASKR_KEYS',
  'TASKR_METRICS_TOKEN',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
] as const

export interface SecretFilesReading {
  /** The environment with the values of the files in place of their names. */
  readonly environment: Variables
  /** One line for each file that cannot be used, without its path or content. */
  readonly problems: readonly string[]
}

export function readSecretFiles(given: Variables): SecretFilesReading {
  const environment: Record<string, string | undefined> = { ...given }
  const problems: string[] = []
  for (const name of secretVariables) {
    const path = given[`${name}_FILE`]?.trim() ?? ''
    if (path === '') continue
    if ((given[name]?.trim() ?? '') !== '') {
      problems.push(`${name}_FILE must not be set beside ${name}`)
      continue
    }
    // The key ring has its own way to follow a file that changes while Taskr serves.
    const reading = name === 'TASKR_KEYS' ? `file:${path}` : readSecret(path)
    if (typeof reading === 'string') environment[name] = reading
    else problems.push(`${name}_FILE ${reading.problem}`)
  }
  return { environment, problems }
}

function readSecret(path: string): string | { readonly problem: string } {
  try {
    const text = readFileSync(path, 'utf8').trim()
    return text === '' ? { problem: 'names an empty file' } : text
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    return { problem: `names a file that cannot be read (${code})` }
  }
}
