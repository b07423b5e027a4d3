// Runs a Taskr whose secrets are all known and records what it emits: every answer to a browser, every line of the log,
// and the database as a thief would find it.
import { randomBytes } from 'node:crypto'
import type { Database } from '../../app/database/open-database.ts'
import { createBrowser, type Browser } from '../../testing/in-process/http-browser.ts'
import { readStoredFiles, readStoredRows } from '../../testing/in-process/stored-bytes.ts'
import {
  clientSecret as providerSecret,
  startIdentityProvider,
  type TestProvider,
} from '../../testing/identity-provider/identity-provider.ts'
import { createWorld, taskrOrigin, type World } from '../../testing/in-process/testbed.ts'
import type { Canary } from '../../testing/in-process/canary-scan.ts'

/** A place to which Taskr wrote bytes. */
export interface Sink {
  readonly name: string
  readonly kind: string
  readonly bytes: Buffer
}

export interface Recording {
  readonly world: World
  /** The identity provider of its single sign-on. */
  readonly provider: TestProvider
  readonly browser: () => Browser
  /** Registers another secret for the scan; returns it. */
  readonly plant: (kind: string, value: string) => string
  /** Makes every later write to the audit log fail, with a real driver's error message. */
  readonly breakDatabase: () => Promise<void>
  /** Records every row of the database as it is now. */
  readonly keepDatabase: (when: string) => Promise<void>
  /** Records the database's files on the disk, for SQLite or for the tests' own PostgreSQL. */
  readonly keepFiles: (when: string) => Promise<void>
  /** Records bytes that reached a browser outside an ordinary answer. */
  readonly keepHeard: (bytes: Buffer) => void
  readonly canaries: () => readonly Canary[]
  readonly sinks: () => readonly Sink[]
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export async function record(databaseUrl: string): Promise<Recording> {
  const kept = createKept()
  const { plant, sinks } = kept
  const databases: Database[] = []
  const keys = [randomBytes(32), randomBytes(32)]
  const provider = await startIdentityProvider(`${taskrOrigin}/login/single-sign-on/callback`)
  plant('client secret', providerSecret)
  const world = await createWorld({
    databaseUrl,
    limits: 'none',
    betweenDatabase: (database) => {
      databases.push(database)
      return database
    },
    environment: {
      ...provider.environment,
      TASKR_KEYS: keys.map((key, at) => `k${at}:${key.toString('base64url')}`).join(),
    },
    fetch: (real) => plantProviderSecrets(provider.issuer, plantAttioSecrets(real, plant), plant),
  })
  for (const key of keys) kept.plantKey(key)
  plant('client secret', world.config.attio.clientSecret.reveal())
  if (world.config.databaseUrl.startsWith('postgres')) {
    plant('database password', new URL(world.config.databaseUrl).password)
  }
  const startedAt = Date.now()
  const keepFiles = async (when: string): Promise<void> => {
    for (const [name, bytes] of await readStoredFiles(databaseUrl, startedAt)) {
      sinks.push({ name: `${name} ${when}`, kind: 'database files', bytes })
    }
  }
  return {
    world,
    provider,
    plant,
    browser: () =>
      createBrowser(async (request, address) => {
        const answer = await world.taskr.fetch(request, address)
        const asked = `${request.method} ${new URL(request.url).pathname} ${answer.status}`
        const origins = { attio: world.attio.origin, provider: provider.issuer }
        await keepAnswer(kept, asked, answer, origins)
        return answer
      }, taskrOrigin),
    breakDatabase: async () => {
      const { db } = databases.at(-1) ?? {}
      await db?.schema.alterTable('events').renameTo('events_elsewhere').execute()
    },
    keepDatabase: async (when) => {
      for (const [name, bytes] of await readStoredRows(databaseUrl)) {
        sinks.push({ name: `${name} ${when}`, kind: 'database', bytes })
      }
      if (databaseUrl.startsWith('file:')) await keepFiles(when)
    },
    keepFiles,
    keepHeard: (bytes) => sinks.push({ name: 'an open page', kind: 'body', bytes }),
    canaries: kept.canaries,
    sinks: () => [
      ...sinks,
      ...world.logger.lines.map((line) => ({
        name: `log: ${line.slice(0, 120)}`,
        kind: 'log',
        bytes: Buffer.from(line),
      })),
    ],
    [Symbol.asyncDispose]: async () => {
      await world.close()
      await provider.stop()
    },
  }
}

interface Kept {
  readonly plant: Recording['plant']
  /** Registers a sealing key in both forms. */
  readonly plantKey: (key: Buffer) => void
  readonly canaries: Recording['canaries']
  readonly sinks: Sink[]
}

function createKept(): Kept {
  const canaries = new Map<string, Canary>()
  const plant: Recording['plant'] = (kind, value) => {
    if (value !== '') canaries.set(`${kind} ${value}`, { kind, value: Buffer.from(value) })
    return value
  }
  return {
    plant,
    plantKey: (key) => {
      plant('sealing key', key.toString('base64url'))
      canaries.set(key.toString('hex'), { kind: 'sealing key', value: key })
    },
    canaries: () => [...canaries.values()],
    sinks: [],
  }
}

/** Registers the secrets that pass between Taskr and Attio. */
function plantAttioSecrets(
  real: typeof globalThis.fetch,
  plant: Recording['plant'],
): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const answer = await real(input, init)
    if (url.pathname === '/v2/webhooks' && init?.method === 'POST') {
      plant('webhook key', webhookKeyIn(await new Response(init.body).text()))
      plant('webhook secret', webhookSecretIn(await answer.clone().text()))
    }
    if (url.pathname !== '/oauth/token') return answer
    const form = new URLSearchParams(await new Response(init?.body).text())
    plant('code verifier', form.get('code_verifier') ?? '')
    plant('access token', tokenIn(await answer.clone().text()))
    return answer
  }
}

/** Reaches the identity provider besides Attio, and registers the secrets that pass between it and Taskr. */
function plantProviderSecrets(
  issuer: string,
  others: typeof globalThis.fetch,
  plant: Recording['plant'],
): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.origin !== issuer) return await others(input, init)
    const answer = await fetch(input, init)
    if (url.pathname !== '/token') return answer
    const form = new URLSearchParams(await new Response(init?.body).text())
    plant('code verifier', form.get('code_verifier') ?? '')
    const tokens = await answer.clone().text()
    plant('access token', tokenIn(tokens))
    plant('ID token', /"id_token":\s*"([^"]{12,})"/.exec(tokens)?.[1] ?? '')
    return answer
  }
}

/** Records an answer to a browser, and registers the secrets that it gives to this browser alone. */
async function keepAnswer(
  { plant, sinks }: Kept,
  asked: string,
  answer: Response,
  origins: { readonly attio: string; readonly provider: string },
): Promise<void> {
  const left = (kind: string, bytes: string | Buffer): void => {
    sinks.push({ name: `${kind} of ${asked}`, kind, bytes: Buffer.from(bytes) })
  }
  for (const [name, value] of answer.headers) {
    if (name === 'set-cookie') continue
    const isToAttio = name === 'location' && value.startsWith(`${origins.attio}/authorize?`)
    const isToProvider = name === 'location' && value.startsWith(`${origins.provider}/`)
    if (isToProvider) plant('nonce', new URL(value).searchParams.get('nonce') ?? '')
    if (isToAttio || isToProvider) plant('state', new URL(value).searchParams.get('state') ?? '')
    const place = isToAttio ? 'location at Attio' : 'location at the provider'
    left(isToAttio || isToProvider ? place : `header ${name}`, value)
  }
  for (const line of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (name === 'taskr_session') plant('session cookie', value)
    if (name === 'taskr_passkey') plant('challenge cookie', value)
    if (name === 'taskr_sign_in') plant('sign-in cookie', value)
    if (name === 'taskr_arrival') plant('arrival cookie', value)
    if (name.startsWith('attio_flow_')) plant('flow cookie', value)
    if (name.startsWith('taskr_sign_on_')) plant('sign-on cookie', value)
    left(`set-cookie ${name.replace(/^(attio_flow|taskr_sign_on)_.*/, '$1')}`, line)
  }
  const isBehindLink = /^\w+ \/(password-reset|email-address) /.test(asked)
  const isOfCodes = asked.startsWith('POST /settings/two-step')
  left(
    isBehindLink ? 'body behind a mailed link' : isOfCodes ? 'body of new codes' : 'body',
    Buffer.from(await answer.clone().arrayBuffer()),
  )
}

function webhookKeyIn(body: string): string {
  return /"target_url":\s*"[^"]*\/([^"/]{12,})"/.exec(body)?.[1] ?? ''
}

function webhookSecretIn(body: string): string {
  return /"secret":\s*"([^"]{12,})"/.exec(body)?.[1] ?? ''
}

function tokenIn(body: string): string {
  return /"access_token":\s*"([^"]{12,})"/.exec(body)?.[1] ?? ''
}
