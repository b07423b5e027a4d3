// Creates databases for single tests on one PostgreSQL server: empty ones, and copies of a migrated template.

import { Client } from 'pg'
import { sha256Base64Url } from '../../app/support/hash.ts'
import { systemClock } from '../../app/support/clock.ts'
import { createTestLogger } from '../../app/support/logger.ts'
import { systemRandomBytes } from '../../app/support/random.ts'
import type { Migration } from '../../app/database/migrating/migration-files.ts'
import { openDatabase } from '../../app/database/open-database.ts'

export type TestDatabases = {
  readonly createEmptyUrl: () => Promise<string>
  readonly createMigratedUrl: () => Promise<string>
  /** Drops the database later: PostgreSQL waits 100 ms for its connections to end, and the test need not. */
  readonly drop: (url: string) => void
  readonly close: () => Promise<void>
}

export async function createTestDatabases(
  adminUrl: string,
  migrations: readonly Migration[],
): Promise<TestDatabases> {
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  const template = await ensureTemplate(admin, adminUrl, migrations)
  const dropper = new Client({ connectionString: adminUrl })
  await dropper.connect()
  const drops: Promise<unknown>[] = []

  async function create(from: string): Promise<string> {
    const name = `taskr_test_${Buffer.from(systemRandomBytes(8)).toString('hex')}`
    // Copying files is several times faster than logging their pages, on a server without fsync.
    await admin.query(`create database ${name} template ${from} strategy file_copy`)
    return urlOf(adminUrl, name)
  }

  return {
    createEmptyUrl: () => create('template0'),
    createMigratedUrl: () => create(template),
    drop: (url) => {
      const name = new URL(url).pathname.slice(1)
      drops.push(dropper.query(`drop database if exists ${name} with (force)`))
    },
    close: async () => {
      await Promise.all(drops)
      await dropper.end()
      await admin.end()
    },
  }
}

// One template for all processes of a test run: the first makes it, the others wait for it.
async function ensureTemplate(
  admin: Client,
  adminUrl: string,
  migrations: readonly Migration[],
): Promise<string> {
  const checksums = migrations.map(({ checksum }) => checksum)
  const fingerprint = Buffer.from(sha256Base64Url(checksums.join()), 'base64url').toString('hex')
  const name = `taskr_template_${fingerprint.slice(0, 12)}`
  await admin.query('select pg_advisory_lock(1)')
  try {
    const found = await admin.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0)
      await createTemplate(admin, { name, url: (draft) => urlOf(adminUrl, draft), migrations })
  } finally {
    await admin.query('select pg_advisory_unlock(1)')
  }
  return name
}

// Renamed only when complete, so that no test copies half a template after a failure.
async function createTemplate(
  admin: Client,
  {
    name,
    url,
    migrations,
  }: {
    readonly name: string
    readonly url: (name: string) => string
    readonly migrations: readonly Migration[]
  },
): Promise<void> {
  const draft = `${name}_draft`
  await admin.query(`drop database if exists ${draft}`)
  await admin.query(`create database ${draft} template template0`)
  const database = await openDatabase({
    url: url(draft),
    clock: systemClock,
    logger: createTestLogger(systemClock),
    migrations,
    unsafelySkipDurabilityCheck: true,
  })
  await database.close()
  await admin.query(`alter database ${draft} rename to ${name}`)
}

function urlOf(adminUrl: string, name: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}
