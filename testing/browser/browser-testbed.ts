// The testbed of journeys: Taskr and a local Attio, each on a port of its own, and contexts of a real browser. Taskr and
// Attio have different hosts, so that requests between them are cross-site as in production.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startLocalAttio, type RunningLocalAttio, type Seed } from '@taskr/local-attio'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Surroundings } from '../../app/compose.ts'
import {
  callbackPath,
  readConfig,
  signOnCallbackPath,
  type Config,
} from '../../app/config/config.ts'
import { createMigratedFile } from '../database/migrated-file.ts'
import { testAssets } from '../test-assets.ts'
import { createTestFolder } from '../test-folder.ts'
import { serveTaskr, type ServedTaskr } from '../../app/serve.ts'
import type { Clock } from '../../app/support/clock.ts'
import { createTestLogger, type TestLogger } from '../../app/support/logger.ts'
import { freePort } from '../free-port.ts'
import { startIdentityProvider, type TestProvider } from '../identity-provider/identity-provider.ts'
import { startNodeProxy } from './node-behind-proxy.ts'
import { createStageClock, type StageClock } from './offset-clock.ts'
import { createStagePages } from './stage-pages.ts'
import { cheapPasswords, scopes as scopesTaskrNeeds } from '../in-process/testbed.ts'

export interface StageOptions {
  readonly javaScript: boolean
  /** Taskr's host; default 127.0.0.1, so that Attio on localhost is another site. Passkeys need a name. */
  readonly host?: 'localhost'
  /** Default: a new SQLite file. */
  readonly databaseUrl?: () => Promise<string>
  /** The first state of the local Attio; default the standard world. */
  readonly seed?: Seed
  /** Environment variables that replace the right ones. */
  readonly environment?: Readonly<Record<string, string>>
  /** The redirect URIs registered at Attio; default the right one. */
  readonly redirectUris?: readonly string[]
  /** The scopes of the app at Attio; default those that Taskr needs. */
  readonly scopes?: readonly string[]
  /** Whether people can log in through an identity provider, on localhost. */
  readonly hasIdentityProvider?: boolean
}

export interface Stage {
  readonly url: string
  readonly javaScript: boolean
  readonly attio: RunningLocalAttio
  readonly clientId: string
  readonly clock: StageClock
  readonly logger: TestLogger
  readonly identityProvider: TestProvider | undefined
  /** Opens a page in a new browser context. */
  readonly page: (options?: BrowserContextOptions) => Promise<Page>
  /** Starts another node on the same database; PostgreSQL only. Returns the options of a context that uses it. */
  readonly anotherNode: () => Promise<Pick<BrowserContextOptions, 'proxy'>>
  /** Stops both and starts them again on the same data. */
  readonly restart: () => Promise<void>
  /** Ends everything; fails when a page had a fault (page-faults.ts). */
  readonly close: () => Promise<void>
}

const stopsWithinMs = 5_000

export async function createStage(chromium: Browser, options: StageOptions): Promise<Stage> {
  const folder = await createTestFolder('taskr-stage-')
  const clock = createStageClock()
  const logger = createTestLogger(clock)
  const ports = { taskr: await freePort(), attio: await freePort() }
  const url = `http://${options.host ?? '127.0.0.1'}:${ports.taskr}`
  const databaseUrl = (await options.databaseUrl?.()) ?? (await createMigratedUrl(folder))
  const keys = `k1:${randomBytes(32).toString('base64url')}`
  const identityProvider =
    options.hasIdentityProvider === true ? await startProviderOf(url, clock) : undefined
  const startAttio = (): Promise<AttioSide> =>
    startAttioSide(options, { url, clock, folder, port: ports.attio })
  const startTaskr = (port = ports.taskr): Promise<ServedTaskr> =>
    serveTaskr(
      configOf({
        ...variablesOf(side),
        PORT: String(port),
        PUBLIC_URL: url,
        DATABASE_URL: databaseUrl,
        TASKR_KEYS: keys,
        ...identityProvider?.environment,
        ...options.environment,
      }),
      surroundingsOf({ clock, logger }),
    )
  let side = await startAttio()
  let taskr = await startTaskr()
  const pages = createStagePages(chromium, {
    javaScript: options.javaScript,
    url,
    otherUrls: () => [
      side.attio.url,
      ...(identityProvider === undefined ? [] : [identityProvider.issuer]),
    ],
  })
  const ends: (() => Promise<void>)[] = []
  return {
    url,
    javaScript: options.javaScript,
    get attio() {
      return side.attio
    },
    clientId: side.app.clientId,
    clock,
    logger,
    identityProvider,
    page: pages.open,
    anotherNode: async () => {
      const node = await startTaskr(await freePort())
      const proxy = await startNodeProxy(ports.taskr, node.port)
      ends.push(proxy.close, node.stop)
      // Chromium asks no proxy for this machine, unless it is told to.
      return { proxy: { server: proxy.server, bypass: '<-loopback>' } }
    },
    restart: async () => {
      pages.expectOutage()
      const stoppedAt = performance.now()
      await taskr.stop()
      // An open event stream does not delay the stop.
      assert.ok(performance.now() - stoppedAt < stopsWithinMs)
      await side.attio.stop()
      side = await startAttio()
      taskr = await startTaskr()
    },
    close: async () => {
      await pages.close()
      for (const end of ends) await end()
      await taskr.stop()
      await side.attio.stop()
      await identityProvider?.stop()
      await rm(folder, { recursive: true, force: true })
      assert.deepEqual(pages.faults(), [])
    },
  }
}

/** Starts an identity provider that says by Taskr's clock when its person logged in. */
async function startProviderOf(url: string, clock: Clock): Promise<TestProvider> {
  const options = { host: 'localhost', hasPage: true } as const
  const provider = await startIdentityProvider(url + signOnCallbackPath, options)
  const authTime = (): number => Math.floor(clock.now() / 1_000)
  provider.tamper = ({ claims, header }) => ({
    header,
    claims: 'auth_time' in claims ? { ...claims, auth_time: authTime() } : claims,
  })
  return provider
}

interface AttioSide {
  readonly attio: RunningLocalAttio
  readonly app: ReturnType<RunningLocalAttio['registerApp']>
}

/** Starts the local Attio, in which Taskr is registered. */
async function startAttioSide(
  { redirectUris, scopes = scopesTaskrNeeds, seed }: StageOptions,
  at: {
    readonly url: string
    readonly clock: StageClock
    readonly folder: string
    readonly port: number
  },
): Promise<AttioSide> {
  const attio = await startLocalAttio({
    port: at.port,
    data: join(at.folder, 'local-attio.db'),
    clock: at.clock,
    ...(seed === undefined ? {} : { seed }),
  })
  const app = attio.registerApp({
    name: 'Taskr',
    redirectUris: redirectUris ?? [at.url + callbackPath],
    scopes,
  })
  return { attio, app }
}

function variablesOf({ app, attio }: AttioSide): Readonly<Record<string, string>> {
  return {
    ATTIO_CLIENT_ID: app.clientId,
    ATTIO_CLIENT_SECRET: app.clientSecret,
    ATTIO_APP_URL: attio.url,
    ATTIO_API_URL: attio.url,
  }
}

function surroundingsOf({
  clock,
  logger,
}: {
  readonly clock: StageClock
  readonly logger: TestLogger
}): Surroundings {
  return {
    clock,
    logger,
    randomBytes,
    fetch: globalThis.fetch,
    assets: testAssets,
    unsafelySkipDurabilityCheck: true,
    unsafePasswordCost: cheapPasswords,
  }
}

async function createMigratedUrl(folder: string): Promise<string> {
  const file = join(folder, 'taskr.db')
  await createMigratedFile(file)
  return `file:${file}`
}

function configOf(environment: Readonly<Record<string, string>>): Config {
  const reading = readConfig(environment)
  assert.ok(reading.kind === 'read', JSON.stringify(reading))
  return reading.config
}
