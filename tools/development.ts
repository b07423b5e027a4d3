// Makes what `npm start` needs in development: sealing keys, and a local Attio in which Taskr is registered as an app.
// Both live in data/ and survive a restart.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startLocalAttio, type RunningLocalAttio } from '@taskr/local-attio'
import { callbackPath, type Environment } from '../app/config/config.ts'
import { formatKey } from '../app/connections/keys/key-ring.ts'
import type { RandomBytes } from '../app/support/random.ts'

/** Returns this machine's sealing keys; the first start makes them, readable by this user only. */
export function developmentKeys(directory: string, randomBytes: RandomBytes): string {
  const file = join(directory, 'keys')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(file, `${formatKey('dev', randomBytes(32))}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFileSync(file, 'utf8').trim()
}

/** The scopes that Taskr asks for: the first four for tasks, then those for webhooks and for notes. */
const scopes = [
  'task:read-write',
  'user_management:read',
  'object_configuration:read',
  'record_permission:read',
  'webhook:read-write',
  'note:read-write',
]

export interface LocalAttioForTaskr {
  readonly attio: RunningLocalAttio
  /** The environment variables with which Taskr uses it. */
  readonly environment: Environment
}

export async function startLocalAttioForTaskr(options: {
  readonly directory: string
  readonly publicUrl: string
  readonly port: number
}): Promise<LocalAttioForTaskr> {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 })
  const attio = await startLocalAttio({
    port: options.port,
    data: join(options.directory, 'local-attio.db'),
  })
  const redirectUris = [new URL(callbackPath, options.publicUrl).href]
  const app = attio.registerApp({ name: 'Taskr', redirectUris, scopes })
  return {
    attio,
    environment: {
      ATTIO_CLIENT_ID: app.clientId,
      ATTIO_CLIENT_SECRET: app.clientSecret,
      ATTIO_APP_URL: attio.url,
      ATTIO_API_URL: attio.url,
    },
  }
}
