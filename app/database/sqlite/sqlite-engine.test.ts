import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, suite, test } from 'node:test'
import { sql } from 'kysely'
import { systemClock } from '../../support/clock.ts'
import { createTestLogger } from '../../support/logger.ts'
import { DatabaseError, type DatabaseErrorCode } from '../database-error.ts'
import { openDatabase, type Database } from '../open-database.ts'
import { applySqliteSettings, sqliteSettings } from './sqlite-settings.ts'

suite('SQLite', () => {
  let folder = ''
  let path = ''
  const opened: Database[] = []

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'taskr-test-'))
    path = join(folder, 'taskr.db')
  })

  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function open(at = path): Promise<Database> {
    const logger = createTestLogger(systemClock)
    const database = await openDatabase({ url: `file:${at}`, clock: systemClock, logger })
    opened.push(database)
    return database
  }

  async function assertRefused(opening: Promise<unknown>, code: DatabaseErrorCode): Promise<void> {
    await assert.rejects(opening, (error) => {
      assert.ok(error instanceof DatabaseError, String(error))
      assert.equal(error.code, code)
      assert.doesNotMatch(error.message, /\n/)
      return true
    })
  }

  test('RL-20 SQLite runs with every setting that protects acknowledged data', async () => {
    const { db } = await open()
    for (const { name, expected } of sqliteSettings) {
      const { rows } = await sql<object>`pragma ${sql.raw(name)}`.execute(db)
      assert.deepEqual(Object.values(rows[0] ?? {}), [expected], name)
    }
    const byName = new Map<string, unknown>(
      sqliteSettings.map((each) => [each.name, each.expected]),
    )
    assert.equal(byName.get('journal_mode'), 'wal')
    assert.equal(byName.get('synchronous'), 2, 'FULL')
    assert.equal(byName.get('foreign_keys'), 1)
    assert.equal(byName.get('secure_delete'), 1)
  })

  test('RL-20 a file that cannot have these settings is refused', () => {
    // A database in memory has no write-ahead log, like one on some network drives.
    assert.throws(
      () => applySqliteSettings(new DatabaseSync(':memory:')),
      (error) => error instanceof DatabaseError && error.code === 'unsafe-settings',
    )
  })

  test('TK-14 deleted data is overwritten in the file', async () => {
    const database = await open()
    const canary = 'canary-'.repeat(8)
    const row = { key_id: 'k', sealed_value: canary }
    await database.db.insertInto('key_checks').values(row).execute()
    await database.db.deleteFrom('key_checks').execute()
    await database.close()
    assert.equal(readFileSync(path).includes(canary), false)
  })

  test('the file and its folder can be read by their owner only', async () => {
    const at = join(folder, 'data', 'taskr.db')
    await open(at)
    assert.equal(statSync(at).mode & 0o077, 0)
    assert.equal(statSync(`${at}-wal`).mode & 0o077, 0)
    assert.equal(statSync(join(folder, 'data')).mode & 0o077, 0)
  })

  test('H-04 written data is there after a restart', async () => {
    const first = await open()
    await first.db.insertInto('key_checks').values({ key_id: 'k', sealed_value: 'v' }).execute()
    await first.close()
    const second = await open()
    assert.equal((await second.db.selectFrom('key_checks').selectAll().execute()).length, 1)
  })

  test('RL-21 the same file is not opened twice, and can be opened after closing', async () => {
    const first = await open()
    await assertRefused(open(), 'in-use')
    await first.close()
    await first.close()
    await open()
  })

  test('RL-21 a second process is refused in one clear line until the first ends, even by kill -9', async () => {
    const other = await startOtherProcess(path)
    try {
      await assertRefused(open(), 'in-use')
      await assert.rejects(open(), /Another Taskr is running on .*taskr\.db\. Stop it first/)
    } finally {
      other.kill('SIGKILL')
      await once(other, 'exit')
    }
    assert.equal(await (await open()).isReady(), true)
  })

  test('H-05 a file that is not a database is refused and left alone', async () => {
    writeFileSync(path, 'these are not the pages of a database '.repeat(200))
    const before = readFileSync(path)
    await assertRefused(open(), 'broken-file')
    assert.deepEqual(readFileSync(path), before)
  })

  test('H-05 a file with a damaged page is refused, even if nothing reads that page at start', async () => {
    const page = 4096
    const database = await open()
    const rows = Array.from({ length: 40 }, (_, number) => ({
      key_id: `k${number}`,
      sealed_value: 'v'.repeat(page / 2),
    }))
    await database.db.insertInto('key_checks').values(rows).execute()
    await database.close()
    const sound = readFileSync(path)
    for (const from of [page, sound.length - page]) {
      const bytes = Buffer.from(sound).fill(0xff, from, from + page)
      writeFileSync(path, bytes)
      await assertRefused(open(), 'broken-file')
      assert.deepEqual(readFileSync(path), bytes)
    }
  })

  test('RL-20 no write comes between the read and the write of a transaction', async () => {
    const { transaction } = await open()
    // Another program writes beside Taskr, as a shell or a backup would.
    const beside = new DatabaseSync(path, { timeout: 0 })
    const writeBeside = (): void => beside.exec("insert into key_checks values ('beside', '')")
    await transaction(async (db) => {
      await db.selectFrom('key_checks').selectAll().execute()
      assert.throws(writeBeside, /locked/)
      await db.insertInto('key_checks').values({ key_id: 'ours', sealed_value: '' }).execute()
    })
    writeBeside()
    beside.close()
  })

  test('a file locked by another program delays only writers, which wait until it is free', async () => {
    const { db } = await open()
    const beside = new DatabaseSync(path, { timeout: 0 })
    beside.exec('begin immediate')
    const writing = db
      .insertInto('key_checks')
      .values({ key_id: 'ours', sealed_value: '' })
      .execute()
    let isWritten = false
    void writing.then(() => (isWritten = true))
    // If the process waited inside SQLite, nothing here could unlock the file, and the write would fail.
    for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done))
    assert.equal(isWritten, false)
    beside.exec('commit')
    beside.close()
    await writing
    assert.equal(isWritten, true)
  })

  test('H-05 a folder that cannot be written, or a folder in place of the file, is refused', async () => {
    writeFileSync(join(folder, 'file'), '')
    await assertRefused(open(join(folder, 'file', 'taskr.db')), 'unwritable')
    mkdirSync(path)
    await assertRefused(open(), 'unwritable')
  })

  test('RL-31 a closed database is not ready', async () => {
    const database = await open()
    await database.close()
    assert.equal(await database.isReady(), false)
  })

  async function startOtherProcess(path: string): Promise<ChildProcess> {
    const script = `
    import { openDatabase } from ${JSON.stringify(new URL('../open-database.ts', import.meta.url).href)}
    const clock = { now: () => 0, wait: async () => {} }
    const logger = { info() {}, warn() {}, error() {} }
    await openDatabase({ url: ${JSON.stringify(`file:${path}`)}, clock, logger })
    process.stdout.write('open')
    process.stdin.resume()`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    await Promise.race([
      once(child.stdout, 'data'),
      once(child, 'exit').then(() => {
        throw new Error('the other process ended')
      }),
    ])
    return child
  }

  test('the lock file is readable by its owner only, even if it existed before', async () => {
    await (await open()).close()
    chmodSync(`${path}.lock`, 0o644)
    await open()
    for (const file of [path, `${path}.lock`])
      assert.equal(statSync(file).mode & 0o777, 0o600, file)
  })

  test('a database whose file was deleted or replaced is not ready', async () => {
    const database = await open()
    assert.equal(await database.isReady(), true)
    rmSync(path)
    await systemClock.wait(1_050)
    assert.equal(await database.isReady(), false)
    writeFileSync(path, '')
    await systemClock.wait(1_050)
    assert.equal(await database.isReady(), false)
  })

  test('a write into a file that was deleted or replaced is refused, and reading goes on', async () => {
    const database = await open()
    const write = async (): Promise<unknown> =>
      database.db.insertInto('key_checks').values({ key_id: 'ours', sealed_value: '' }).execute()
    rmSync(path)
    for (const attempt of [write, () => database.transaction(async () => {})]) {
      await assertRefused(attempt(), 'missing-file')
    }
    writeFileSync(path, '')
    await assertRefused(write(), 'missing-file')
    assert.deepEqual(await database.db.selectFrom('key_checks').selectAll().execute(), [])
  })

  test('no empty database is created where there was one', async () => {
    await (await open()).close()
    rmSync(path)
    await assertRefused(open(), 'missing-file')
    assert.equal(existsSync(path), false)
    writeFileSync(path, '')
    await assertRefused(open(), 'missing-file')
    rmSync(`${path}.lock`)
    await open()
  })
})
