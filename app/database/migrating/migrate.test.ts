import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { DatabaseError, type DatabaseErrorCode } from '../database-error.ts'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { createMigration, readMigrations, type Migration } from './migration-files.ts'

const first = createMigration(1, '0001-first.sql', 'create table shelves (shelf_id text not null);')
const second = createMigration(
  2,
  '0002-second.sql',
  `create table books (book_id text not null);
insert into shelves values ('a');`,
)
const broken = createMigration(
  2,
  '0002-broken.sql',
  `create table books (book_id text not null);
insert into no_such_table values ('a');`,
)

function refusedWith(code: DatabaseErrorCode) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof DatabaseError, String(error))
    assert.equal(error.code, code)
    assert.doesNotMatch(error.message, /\n/)
    return true
  }
}

onEachEngine('migrations', (open, engine) => {
  const openWith = (url: string, migrations: readonly Migration[]) =>
    engine.open(url, { migrations })

  test('H-05 an empty database has every table before it is used', async () => {
    const { db } = await engine.open(await engine.createEmptyUrl())
    const applied = await db.selectFrom('migrations').select(['number', 'name']).execute()
    assert.deepEqual(
      applied,
      readMigrations().map(({ number, name }) => ({ number, name })),
    )
    assert.deepEqual(await db.selectFrom('accounts').selectAll().execute(), [])
    assert.deepEqual(await db.selectFrom('rate_limits').selectAll().execute(), [])
  })

  test('H-07 a database of an earlier version gets the missing tables and keeps its data', async () => {
    const url = await engine.createEmptyUrl()
    const old = await openWith(url, [first])
    await sql`insert into shelves values ('old')`.execute(old.db)
    await old.close()
    const { db } = await openWith(url, [first, second])
    const shelves = await sql`select shelf_id from shelves order by shelf_id`.execute(db)
    assert.deepEqual(shelves.rows, [{ shelf_id: 'a' }, { shelf_id: 'old' }])
  })

  test('opening again runs no migration again', async () => {
    const url = await engine.createEmptyUrl()
    for (let time = 0; time < 3; time++) await (await openWith(url, [first, second])).close()
    const { db } = await openWith(url, [first, second])
    assert.equal((await sql`select * from shelves`.execute(db)).rows.length, 1)
  })

  test('a migration that fails is undone entirely, and those before it stay', async () => {
    const url = await engine.createEmptyUrl()
    await assert.rejects(openWith(url, [first, broken]), refusedWith('failed-migration'))
    const { db } = await openWith(url, [first, second])
    assert.equal((await sql`select * from shelves`.execute(db)).rows.length, 1)
  })

  test('a file that changed after it ran stops the start', async () => {
    const url = await engine.createEmptyUrl()
    await (await openWith(url, [first])).close()
    const changed = createMigration(1, first.name, 'create table shelves (shelf_id bigint);')
    await assert.rejects(openWith(url, [changed, second]), refusedWith('changed-migration'))
    await assert.rejects(openWith(url, [changed]), /0001-first\.sql was changed after it ran/)
  })

  test('a database made by a newer version is left alone', async () => {
    const url = await engine.createEmptyUrl()
    await (await openWith(url, [first, second])).close()
    await assert.rejects(openWith(url, [first]), refusedWith('newer-schema'))
  })

  test(
    'two nodes that start at once migrate once',
    { skip: engine.name === 'sqlite' },
    async () => {
      const url = await engine.createEmptyUrl()
      const nodes = await Promise.all(
        Array.from({ length: 6 }, () => openWith(url, [first, second])),
      )
      for (const { db } of nodes) {
        assert.equal((await sql`select * from shelves`.execute(db)).rows.length, 1)
      }
    },
  )

  test('the file lets one of two openers in', { skip: engine.name === 'postgres' }, async () => {
    const url = await engine.createEmptyUrl()
    const openings = await Promise.allSettled([engine.open(url), engine.open(url)])
    assert.deepEqual(openings.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
  })

  test('an account with a connection cannot be deleted behind its back', async () => {
    const { db } = await open()
    await sql`insert into accounts
      (account_id, username, username_key, email_address, password_hash, time_zone, created_at)
      values ('a', 'jo', 'jo', null, 'h', 'UTC', 0)`.execute(db)
    await sql`insert into connections
      (account_id, connection_id, workspace_id, workspace_name, workspace_slug, workspace_member_id,
        scopes, status, sealed_access_token, created_at, updated_at, checked_at) values
      ('a', 'c', 'w', 'Acme', 'acme', null, '', 'active', 'sealed', 0, 0, 0)`.execute(db)
    await assert.rejects(db.deleteFrom('accounts').execute(), /foreign key/i)
    await db.deleteFrom('connections').returning(['account_id', 'connection_id']).execute()
    await db.deleteFrom('accounts').returning('account_id').execute()
  })
})
