// The testbed of journeys: Taskr and a local Attio, each on a port of its own, and contexts of a real browser. Taskr and
// Attio have different hosts, so that requests between them are cross-site as in production.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startLocalAttio, type RunningLocalAttio, type Seed } from '@taskr/local-attio'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { callbackPath, readConfig, type Config } from '../../app/config/config.ts'
import { createMigratedFile } from '../database/migrated-file.ts'
import { testAssets } from '../test-assets.ts'
import { createTestFolder } from '../test-folder.ts'
import { serveTaskr, type ServedTaskr } from '../../app/serve.ts'
import { createTestLogger, type TestLogger } from '../../app/support/logger.ts'
import { freePort } from '../free-port.ts'
import { noteWithoutScripts } from './without-scripts.ts'
import { rememberAnswers } from './check-page.ts'
import { startNodeProxy } from './node-behind-proxy.ts'
import { createStageClock, type StageClock } from './offset-clock.ts'
import { watch } from './page-faults.ts'
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
}

export interface Stage {
  readonly url: string
  readonly javaScript: boolean
  readonly attio: RunningLocalAttio
  readonly clientId: string
  readonly clock: StageClock
  readonly logger: TestLogger
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
  const file = join(folder, 'taskr.db')
  if (options.databaseUrl === undefined) await createMigratedFile(file)
  const databaseUrl = (await options.databaseUrl?.()) ?? `file:${file}`
  const keys = `k1:${randomBytes(32).toString('base64url')}`
  const startAttio = async () => {
    const attio = await startLocalAttio({
      port: ports.attio,
      data: join(folder, 'local-attio.db'),
      clock,
      ...(options.seed === undefined ? {} : { seed: options.seed }),
    })
    const { redirectUris = [url + callbackPath], scopes = scopesTaskrNeeds } = options
    return { attio, app: attio.registerApp({ name: 'Taskr', redirectUris, scopes }) }
  }
  const startTaskr = async (port = ports.taskr): Promise<ServedTaskr> =>
    serveTaskr(
      configOf({
        PORT: String(port),
        PUBLIC_URL: url,
        DATABASE_URL: databaseUrl,
        TASKR_KEYS: keys,
        ATTIO_CLIENT_ID: side.app.clientId,
        ATTIO_CLIENT_SECRET: side.app.clientSecret,
        ATTIO_APP_URL: side.attio.url,
        ATTIO_API_URL: side.attio.url,
        ...options.environment,
      }),
      {
        clock,
        logger,
        randomBytes,
        fetch: globalThis.fetch,
        assets: testAssets,
        unsafelySkipDurabilityCheck: true,
        unsafePasswordCost: cheapPasswords,
      },
    )
  let side = await startAttio()
  let taskr = await startTaskr()
  let wasDown = false
  const ends: (() => Promise<void>)[] = []

  const contexts: BrowserContext[] = []
  const complaints: string[][] = []
  return {
    url,
    javaScript: options.javaScript,
    get attio() {
      return side.attio
    },
    clientId: side.app.clientId,
    clock,
    logger,
    page: async (more = {}) => {
      const context = await chromium.newContext({
        javaScriptEnabled: options.javaScript,
        baseURL: url,
        viewport: { width: 1280, height: 860 },
        timezoneId: 'Europe/Berlin',
        locale: 'en-GB',
        // Rows that leave with a movement would make each count of rows wait.
        reducedMotion: 'reduce',
        ...more,
      })
      context.setDefaultTimeout(30_000)
      if (!options.javaScript) noteWithoutScripts(context)
      contexts.push(context)
      complaints.push(
        watch(
          context,
          () => [url, side.attio.url],
          () => wasDown,
        ),
      )
      context.on('page', rememberAnswers)
      return await context.newPage()
    },
    anotherNode: async () => {
      const node = await startTaskr(await freePort())
      const proxy = await startNodeProxy(ports.taskr, node.port)
      ends.push(proxy.close, node.stop)
      // Chromium asks no proxy for this machine, unless it is told to.
      return { proxy: { server: proxy.server, bypass: '<-loopback>' } }
    },
    restart: async () => {
      wasDown = true
      const stoppedAt = performance.now()
      await taskr.stop()
      // An open event stream does not delay the stop.
      assert.ok(performance.now() - stoppedAt < stopsWithinMs)
      await side.attio.stop()
      side = await startAttio()
      taskr = await startTaskr()
    },
    close: async () => {
      for (const context of contexts) await context.close()
      for (const end of ends) await end()
      await taskr.stop()
      await side.attio.stop()
      await rm(folder, { recursive: true, force: true })
      assert.deepEqual(complaints.flat(), [])
    },
  }
}

function configOf(environment: Readonly<Record<string, string>>): Config {
  const reading = readConfig(environment)
  assert.ok(reading.kind === 'read', JSON.stringify(reading))
  return reading.config
}
