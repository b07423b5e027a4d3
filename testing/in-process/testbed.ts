// The in-process testbed: Taskr and a local Attio in the test's process, on one clock, with HTTP browsers. For tests of
// answers rather than of how pages look.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createLocalAttio,
  standard,
  type LocalAttio,
  type LocalAttioOptions,
} from '@taskr/local-attio'
import { composeTaskr, type Surroundings, type Taskr } from '../../app/compose.ts'
import { callbackPath, readConfig, type Config, type Environment } from '../../app/config/config.ts'
import { createMigratedFile } from '../database/migrated-file.ts'
import { testAssets } from '../test-assets.ts'
import { createTestFolder } from '../test-folder.ts'
import { createTestClock, type Clock, type TestClock } from '../../app/support/clock.ts'
import type { AccountId, ConnectionId } from '../../app/support/ids.ts'
import { createTestLogger, type TestLogger } from '../../app/support/logger.ts'
import { createBrowser, type Browser } from './http-browser.ts'
import { watchWhatTakesTime } from './pending-work.ts'

export interface World {
  readonly taskr: Taskr
  readonly attio: LocalAttio
  readonly clock: TestClock
  readonly logger: TestLogger
  readonly config: Config
  readonly clientId: string
  /** Opens a browser without cookies. */
  readonly browser: () => Browser
  /** Opens a browser in which a new account has signed up. */
  readonly signedUp: (username?: string) => Promise<Browser>
  /** Opens a browser of a new account with a connected and synced workspace. */
  readonly connected: (username?: string) => Promise<Browser>
  /** Returns the account of a signed-in browser and its connection to a workspace. */
  readonly ownerOf: (
    browser: Browser,
    workspace?: string,
  ) => Promise<{ readonly accountId: AccountId; readonly connectionId: ConnectionId }>
  /** Starts another node on the same database and clock; PostgreSQL only. */
  readonly anotherNode: () => Promise<Taskr>
  /** Resolves when Attio has sent its webhooks and Taskr has refetched the tasks. */
  readonly delivered: () => Promise<void>
  /** Returns how many requests Taskr has sent to a path of Attio. */
  readonly sent: (path: string) => number
  /** Advances the clock second by second until the work is done. */
  readonly advanceUntil: <Result>(work: Promise<Result>) => Promise<Result>
  /** Stops Taskr and starts it again on the same database, perhaps with other variables. */
  readonly restart: (changed?: Environment, between?: () => void) => Promise<void>
  /** The variables that it was started with. */
  readonly environment: Environment
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

type Limits = NonNullable<Surroundings['limits']>

export interface WorldOptions {
  /** Default: a new SQLite file. */
  readonly databaseUrl?: string
  readonly attio?: LocalAttioOptions
  readonly environment?: Readonly<Record<string, string>>
  /** Default http://localhost:3050. */
  readonly publicUrl?: string
  /** The scopes of the app at Attio; default those that Taskr needs. */
  readonly scopes?: readonly string[]
  /** Default: the limits of production. */
  readonly limits?: Limits | 'none'
  /** Wraps the database. */
  readonly betweenDatabase?: NonNullable<Surroundings['betweenDatabase']>
  /** True while the process shall count as too busy. */
  readonly isLate?: NonNullable<Surroundings['isLate']>
  /** Called at each named point of sending a change; may stop there. */
  readonly reached?: NonNullable<Surroundings['reached']>
  /** Taskr's clock; default the clock of the local Attio. */
  readonly taskrClock?: (clock: TestClock) => Clock
  /** Wraps the calls to Attio. */
  readonly fetch?: (real: typeof globalThis.fetch) => typeof globalThis.fetch
}

export const taskrOrigin = 'http://localhost:3050'
export const password = 'walnut tram under orchid'
export const scopes = [
  'task:read-write',
  'user_management:read',
  'object_configuration:read',
  'record_permission:read',
  'webhook:read-write',
]

export const scopesWithNotes = [...scopes, 'note:read-write']

/** Cheap password hashing: tests sign up thousands of times. */
export const cheapPasswords = { memoryKib: 8, passes: 1, parallelism: 1 }

/** No limits, for tests that repeat a limited action thousands of times. */
const noLimits: Limits = {
  accounts: {
    signUpsPerHourAndAddress: 1e9,
    passwordsPerMinuteAndAddress: 1e9,
    passwordsPerMinute: 1e9,
    exportsPerHourAndAccount: 1e9,
    failuresBeforeWaiting: 1e9,
    resetsPerHourAndAddress: 1e9,
    mailsPerHour: 1e9,
  },
  connecting: {
    beginningsPerAccount: 1e9,
    beginningsPerAddress: 1e9,
    notedRefusalsPerAccount: 1e9,
  },
}

/** A Monday. */
const startsAt = Date.UTC(2026, 10, 23, 9, 41)

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const origin = options.publicUrl ?? taskrOrigin
  const folder = await createTestFolder('taskr-world-')
  const file = join(folder, 'taskr.db')
  if (options.databaseUrl === undefined) await createMigratedFile(file)
  const clock = createTestClock(startsAt)
  const logger = createTestLogger(clock)
  const watched = watchWhatTakesTime()
  const attio = createLocalAttio({
    clock,
    // Webhooks arrive without a socket, at the Taskr that runs at the time.
    deliver: async (url, init) => {
      if (!url.startsWith(`${origin}/`)) throw new TypeError(`No server listens at ${url}.`)
      return await watched.request(() => taskr.fetch(new Request(url, init)))
    },
    ...options.attio,
  })
  const app = attio.registerApp({
    name: 'Taskr',
    redirectUris: [origin + callbackPath],
    scopes: options.scopes ?? scopes,
  })
  const environment: Environment = {
    TASKR_KEYS: `k1:${randomBytes(32).toString('base64url')}`,
    DATABASE_URL: options.databaseUrl ?? `file:${file}`,
    ATTIO_CLIENT_ID: app.clientId,
    ATTIO_CLIENT_SECRET: app.clientSecret,
    ATTIO_APP_URL: attio.origin,
    ATTIO_API_URL: attio.origin,
    PUBLIC_URL: origin,
    ...options.environment,
  }
  const real = watched.fetch((input, init) => attio.fetch(input, init))
  const ask = options.fetch?.(real) ?? real
  const sent = new Map<string, number>()
  const config = configOf(environment)
  const start = (changed: Environment = {}): Promise<Taskr> =>
    composeTaskr(configOf({ ...environment, ...changed }), {
      clock: options.taskrClock?.(clock) ?? clock,
      logger,
      randomBytes,
      fetch: (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input)
        sent.set(pathname, (sent.get(pathname) ?? 0) + 1)
        return ask(input, init)
      },
      assets: testAssets,
      unsafelySkipDurabilityCheck: true,
      unsafePasswordCost: cheapPasswords,
      limits: {
        attio: 'by this clock',
        ...(options.limits === 'none' ? noLimits : options.limits),
      },
      ...(options.isLate && { isLate: options.isLate }),
      ...(options.reached && { reached: options.reached }),
      betweenDatabase: (database) =>
        watched.database(options.betweenDatabase?.(database) ?? database),
    })
  let taskr = await start()
  const nodes: Taskr[] = []
  const browser = (): Browser =>
    createBrowser((request, address) => taskr.fetch(request, address), origin)
  const signedUp = async (username = 'jo'): Promise<Browser> => {
    const jo = browser()
    const entered = await jo.post('/signup', { username, password, timeZone: 'Europe/Berlin' })
    assert.equal(entered.status, 303, entered.body)
    return jo
  }
  const close = async (): Promise<void> => {
    await Promise.all([taskr, ...nodes].map((node) => node.stop()))
    attio.close()
    await rm(folder, { recursive: true, force: true })
  }
  return {
    get taskr() {
      return taskr
    },
    attio,
    clock,
    logger,
    config,
    clientId: app.clientId,
    browser,
    signedUp,
    connected: async (username) => {
      const jo = await signedUp(username)
      const connected = await connect(attio, jo)
      assert.equal(connected.status, 303, connected.body)
      await taskr.idle()
      return jo
    },
    ownerOf: async (browser, workspace = 'acme') => {
      const cookie = browser.cookies.get('taskr_session') ?? ''
      const session = await taskr.parts.accounts.findSession(cookie)
      assert.ok(session, 'the browser is signed in')
      const connections = await taskr.parts.connections.list(session.accountId)
      const connection = connections.find(({ workspaceSlug }) => workspaceSlug === workspace)
      assert.ok(connection, `${workspace} is connected`)
      return { accountId: session.accountId, connectionId: connection.connectionId }
    },
    anotherNode: async () => {
      const node = await start()
      nodes.push(node)
      return node
    },
    delivered: async () => {
      await attio.control.webhooks.settle()
      await taskr.idle()
    },
    advanceUntil: (work) => clock.advanceUntil(work, watched.busy),
    restart: async (changed, between) => {
      await taskr.stop()
      between?.()
      taskr = await start(changed)
    },
    environment,
    sent: (path) => sent.get(path) ?? 0,
    close,
    [Symbol.asyncDispose]: close,
  }
}

function configOf(environment: Environment): Config {
  const reading = readConfig(environment)
  assert.ok(reading.kind === 'read', JSON.stringify(reading))
  return reading.config
}

/** Connects a workspace: presses the button, approves at Attio, follows the redirect. */
export async function connect(
  attio: LocalAttio,
  browser: Browser,
  choice: {
    readonly person?: string
    readonly workspace?: string
    readonly decision?: 'allow' | 'deny'
  } = {},
): Promise<Awaited<ReturnType<Browser['get']>>> {
  return await browser.get(await approve(attio, browser, choice))
}

/** Goes as far as Attio's approval; returns the address that Attio redirects to. */
export async function approve(
  attio: LocalAttio,
  browser: Browser,
  choice: {
    readonly person?: string
    readonly workspace?: string
    readonly decision?: 'allow' | 'deny'
  } = {},
): Promise<string> {
  const begun = await browser.post('/integrations/attio/connect')
  assert.equal(begun.status, 303, begun.body)
  const {
    person = standard.people.ada.emailAddress,
    workspace = 'acme',
    decision = 'allow',
  } = choice
  const back = attio.control.consent({ url: begun.location ?? '', person, workspace, decision })
  return back.pathname + back.search
}
