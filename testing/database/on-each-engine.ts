// Defines a suite twice, on SQLite and on PostgreSQL. Each test gets a fresh database, which is closed and dropped after
// it.

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, afterEach, describe } from 'node:test'
import { systemClock } from '../../app/support/clock.ts'
import { createTestLogger } from '../../app/support/logger.ts'
import { readMigrations } from '../../app/database/migrating/migration-files.ts'
import {
  openDatabase,
  type Database,
  type DatabaseOptions,
} from '../../app/database/open-database.ts'
import { createTestFolder } from '../test-folder.ts'
import { createMigratedFile } from './migrated-file.ts'
import { createTestDatabases, type TestDatabases } from './test-databases.ts'
import { startTestPostgres } from './test-postgres.ts'

export { startTestPostgres, type TestPostgres } from './test-postgres.ts'

export type TestEngine = {
  readonly name: 'sqlite' | 'postgres'
  /** The URL of a database without any table, gone after the test. */
  readonly createEmptyUrl: () => Promise<string>
  /** The URL of a database with every table, gone after the test. */
  readonly createMigratedUrl: () => Promise<string>
  /** Opens a database, to be closed after the test. */
  readonly open: (url: string, options?: Partial<DatabaseOptions>) => Promise<Database>
}

/** Defines the suite twice. `open()` opens a new migrated database. */
export function onEachEngine(
  name: string,
  define: (open: () => Promise<Database>, engine: TestEngine) => void,
): void {
  for (const urls of [sqliteUrls, postgresUrls]) {
    if (!isChosen(urls.name)) continue
    void describe(`${name}, on ${urls.title}`, () => {
      const engine = createTestEngine(urls)
      afterEach(engine.cleanUp)
      if (urls === postgresUrls) closeAfterLastSuite()
      define(async () => engine.open(await engine.createMigratedUrl()), engine)
    })
  }
}

/** TASKR_TEST_ENGINE=sqlite leaves PostgreSQL out, as the fast tests do. */
export function isChosen(engine: TestEngine['name']): boolean {
  const only = process.env['TASKR_TEST_ENGINE'] ?? ''
  return only === '' || only === engine
}

// Read once, so that a file that is edited during a test run is in all of it or in none.
const migrations = readMigrations()

type Urls = {
  readonly name: 'sqlite' | 'postgres'
  readonly title: string
  readonly createEmptyUrl: () => Promise<string>
  readonly createMigratedUrl: () => Promise<string>
  readonly drop: (url: string) => Promise<void>
}

function createTestEngine(urls: Urls): TestEngine & { readonly cleanUp: () => Promise<void> } {
  const openDatabases: Database[] = []
  const usedUrls: string[] = []
  const remember = async (creating: Promise<string>): Promise<string> => {
    const url = await creating
    usedUrls.push(url)
    return url
  }
  return {
    name: urls.name,
    createEmptyUrl: () => remember(urls.createEmptyUrl()),
    createMigratedUrl: () => remember(urls.createMigratedUrl()),
    open: async (url, options) => {
      const database = await openDatabase({
        url,
        clock: systemClock,
        logger: createTestLogger(systemClock),
        unsafelySkipDurabilityCheck: true,
        migrations,
        ...options,
      })
      openDatabases.push(database)
      return database
    },
    cleanUp: async () => {
      for (const database of openDatabases.splice(0)) await database.close()
      for (const url of usedUrls.splice(0)) await urls.drop(url)
    },
  }
}

/** Creates a migrated database on a running test server; it goes with the server. */
export async function createMigratedTestDatabase(serverUrl: string): Promise<string> {
  const databases = await createTestDatabases(serverUrl, migrations)
  try {
    return await databases.createMigratedUrl()
  } finally {
    await databases.close()
  }
}

const sqliteUrls: Urls = {
  name: 'sqlite',
  title: 'SQLite',
  createEmptyUrl: createFileUrl,
  createMigratedUrl: async () => {
    const url = await createFileUrl()
    await createMigratedFile(url.slice('file:'.length))
    return url
  },
  drop: async (url) => {
    const path = url.slice('file:'.length)
    await rm(join(path, '..'), { recursive: true, force: true })
  },
}

async function createFileUrl(): Promise<string> {
  const folder = await createTestFolder('taskr-test-')
  return `file:${join(folder, 'taskr.db')}`
}

const postgresUrls: Urls = {
  name: 'postgres',
  title: 'PostgreSQL',
  createEmptyUrl: async () => (await findTestDatabases()).createEmptyUrl(),
  createMigratedUrl: async () => (await findTestDatabases()).createMigratedUrl(),
  drop: async (url) => {
    const databases = await findTestDatabases()
    databases.drop(url)
  },
}

// Module state: one server per process, started by the first test that needs it.
let testDatabases: Promise<TestDatabases> | undefined

function findTestDatabases(): Promise<TestDatabases> {
  testDatabases ??= connectTestDatabases()
  return testDatabases
}

async function connectTestDatabases(): Promise<TestDatabases> {
  const givenUrl = process.env['TEST_POSTGRES_URL']
  if (givenUrl !== undefined && givenUrl !== '') return createTestDatabases(givenUrl, migrations)
  const server = await startTestPostgres()
  const databases = await createTestDatabases(server.url, migrations)
  return {
    ...databases,
    close: async () => {
      await databases.close()
      await server.stop()
    },
  }
}

let suites = 0

/** Closes the connections to the server, or the server, when no suite that was defined is left. */
function closeAfterLastSuite(): void {
  suites += 1
  after(async () => {
    suites -= 1
    if (suites > 0) return
    const databases = await testDatabases
    testDatabases = undefined
    await databases?.close()
  })
}
