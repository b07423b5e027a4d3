// The in-process testbed: Taskr and a local Attio in the test's process, on one clock, with HTTP browsers. For tests of
// answers rather than of how pages look.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createLocalAttio, type LocalAttio } from '@taskr/local-attio'
import { composeTaskr, type Surroundings, type Taskr } from '../../app/compose.ts'
import { callbackPath, readConfig, type Config, type Environment } from '../../app/config/config.ts'
import { createMigratedFile } from '../database/migrated-file.ts'
import { testAssets } from '../test-assets.ts'
import { createTestFolder } from '../test-folder.ts'
import { createTestClock, type TestClock } from '../../app/support/clock.ts'
import { createTestLogger, type TestLogger } from '../../app/support/logger.ts'
import { createPeople, type People } from './people.ts'
import { watchWhatTakesTime } from './pending-work.ts'
import {
  cheapPasswords,
  noLimits,
  scopes,
  taskrOrigin,
  type WorldOptions,
} from './world-options.ts'

export { approve, connect } from './people.ts'
export {
  cheapPasswords,
  password,
  scopes,
  scopesWithNotes,
  taskrOrigin,
  type WorldOptions,
} from './world-options.ts'

export interface World extends People {
  readonly taskr: Taskr
  readonly attio: LocalAttio
  readonly clock: TestClock
  readonly logger: TestLogger
  readonly config: Config
  readonly clientId: string
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

/** A Monday. */
const startsAt = Date.UTC(2026, 10, 23, 9, 41)

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const origin = options.publicUrl ?? taskrOrigin
  const folder = await createTestFolder('taskr-world-')
  const databaseUrl = options.databaseUrl ?? (await createMigratedUrl(folder))
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
  const { environment, clientId } = registerTaskr(attio, { options, origin, databaseUrl })
  const calls = countCalls(
    options.fetch,
    watched.fetch((input, init) => attio.fetch(input, init)),
  )
  const surroundings: Surroundings = {
    ...surroundingsOf(options, { clock, logger }),
    fetch: calls.fetch,
    betweenDatabase: (database) =>
      watched.database(options.betweenDatabase?.(database) ?? database),
  }
  const start = (changed: Environment = {}): Promise<Taskr> =>
    composeTaskr(configOf({ ...environment, ...changed }), surroundings)
  let taskr = await start()
  const nodes: Taskr[] = []
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
    config: configOf(environment),
    clientId,
    ...createPeople({ attio, origin, taskr: () => taskr }),
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
    sent: calls.sent,
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function createMigratedUrl(folder: string): Promise<string> {
  const file = join(folder, 'taskr.db')
  await createMigratedFile(file)
  return `file:${file}`
}

/** Registers Taskr as an app of the local Attio. Returns the variables that Taskr is started with. */
function registerTaskr(
  attio: LocalAttio,
  {
    databaseUrl,
    options,
    origin,
  }: {
    readonly databaseUrl: string
    readonly options: WorldOptions
    readonly origin: string
  },
): { readonly environment: Environment; readonly clientId: string } {
  const app = attio.registerApp({
    name: 'Taskr',
    redirectUris: [origin + callbackPath],
    scopes: options.scopes ?? scopes,
  })
  const environment = {
    TASKR_KEYS: `k1:${randomBytes(32).toString('base64url')}`,
    DATABASE_URL: databaseUrl,
    ATTIO_CLIENT_ID: app.clientId,
    ATTIO_CLIENT_SECRET: app.clientSecret,
    ATTIO_APP_URL: attio.origin,
    ATTIO_API_URL: attio.origin,
    PUBLIC_URL: origin,
    ...options.environment,
  }
  return { environment, clientId: app.clientId }
}

/** Returns a fetch that counts the requests to each path, and the counts. */
function countCalls(
  wrap: WorldOptions['fetch'],
  real: typeof globalThis.fetch,
): { readonly fetch: typeof globalThis.fetch; readonly sent: World['sent'] } {
  const counts = new Map<string, number>()
  const ask = wrap?.(real) ?? real
  return {
    fetch: (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input)
      counts.set(pathname, (counts.get(pathname) ?? 0) + 1)
      return ask(input, init)
    },
    sent: (path) => counts.get(path) ?? 0,
  }
}

function surroundingsOf(
  options: WorldOptions,
  { clock, logger }: { readonly clock: TestClock; readonly logger: TestLogger },
): Omit<Surroundings, 'fetch'> {
  return {
    clock: options.taskrClock?.(clock) ?? clock,
    logger,
    randomBytes,
    assets: testAssets,
    unsafelySkipDurabilityCheck: true,
    unsafePasswordCost: cheapPasswords,
    limits: {
      attio: 'by this clock',
      ...(options.limits === 'none' ? noLimits : options.limits),
    },
    ...(options.attioDeadlineMs !== undefined && { attioDeadlineMs: options.attioDeadlineMs }),
    ...(options.isLate && { isLate: options.isLate }),
    ...(options.reached && { reached: options.reached }),
  }
}

function configOf(environment: Environment): Config {
  const reading = readConfig(environment)
  assert.ok(reading.kind === 'read', JSON.stringify(reading))
  return reading.config
}
