import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { addAccountForTests } from '../../../testing/in-process/stored-account.ts'
import {
  asAccountId,
  asConnectionId,
  asSessionId,
  asTaskId,
  type AccountId,
} from '../../support/ids.ts'
import type { Database } from '../open-database.ts'
import type { Db } from '../tables.ts'
import type { RaisedRevision } from './raising-dialect.ts'

const jo = asAccountId('jo')
const acme = asConnectionId('acme')

onEachEngine('revisions', (open) => {
  async function begin() {
    const database = await open()
    await addAccountForTests(database.db, jo)
    await addTask(database.db, 'one')
    const told: RaisedRevision[] = []
    database.whenRaised((raised) => told.push(...raised))
    return { database, told, revision: () => revisionOf(database, acme) }
  }

  test('every commit that changes a page raises its owner and tells of it', async () => {
    const { database, told, revision } = await begin()
    const before = await revision()
    await database.transaction(async (db) => {
      await addTask(db, 'two')
      await addTask(db, 'three')
      assert.deepEqual(told, [], 'nothing is told before the commit')
    })
    const after = await revision()
    assert.ok(after > before)
    assert.deepEqual(told, [{ ownerId: acme, revision: after }])
  })

  test('a commit that ends sessions says whose', async () => {
    const { database, told } = await begin()
    const end = (accountId: AccountId) =>
      database.db.deleteFrom('sessions').where('account_id', '=', accountId).execute()
    await end(jo)
    assert.deepEqual(told, [], 'there was no session')
    await addSession(database.db)
    await end(jo)
    assert.deepEqual(
      told.map(({ endsSessions, ownerId }) => ({ endsSessions, ownerId })),
      [{ endsSessions: true, ownerId: jo }],
    )
  })

  test('a statement outside a transaction raises in one of its own', async () => {
    const { database, told, revision } = await begin()
    const before = await revision()
    await database.db
      .updateTable('tasks')
      .set({ content: 'Changed' })
      .where('connection_id', 'in', [acme])
      .where('task_id', '=', asTaskId('one'))
      .execute()
    assert.ok((await revision()) > before)
    assert.equal(told.length, 1)
  })

  test('a commit that fails, changes no row or changes nothing that is seen raises nothing', async () => {
    const { database, told, revision } = await begin()
    const before = await revision()
    const failing = database.transaction(async (db) => {
      await addTask(db, 'two')
      throw new Error('The work failed.')
    })
    await assert.rejects(failing)
    await database.db.deleteFrom('tasks').where('connection_id', '=', asConnectionId('x')).execute()
    await database.db
      .updateTable('tasks')
      .set({ observed_at: 5 })
      .where('connection_id', '=', acme)
      .execute()
    assert.deepEqual([await revision(), told], [before, []])
  })

  test('when a page was synced raises the revision, but no open page is told', async () => {
    const { database, told, revision } = await begin()
    const { db } = database
    await db
      .insertInto('mirrors')
      .values({ connection_id: acme, sync_tasks_seen: 0, leased_until: 0, lease_number: 0 })
      .execute()
    told.length = 0
    const before = await revision()
    await db
      .updateTable('mirrors')
      .set({ as_of: 5, problem: null, leased_until: 0 })
      .where('connection_id', '=', acme)
      .execute()
    assert.ok((await revision()) > before)
    assert.deepEqual(told, [])
    await db
      .updateTable('mirrors')
      .set({ problem: 'slow' })
      .where('connection_id', '=', acme)
      .execute()
    assert.equal(told.length, 1)
  })

  test('a statement about many owners returns them, and is refused otherwise', async () => {
    const { database, told } = await begin()
    const update = database.db.updateTable('tasks').set({ content: 'Changed' })
    await assert.rejects(update.execute(), { code: 'unowned-write' })
    await update.returning('connection_id').execute()
    assert.deepEqual(
      told.map(({ ownerId }) => ownerId),
      [acme],
    )
  })

  test('the revision of an ended account is removed', async () => {
    const { database, told } = await begin()
    await database.db.deleteFrom('accounts').where('account_id', '=', jo).execute()
    assert.equal(await revisionOf(database, jo), 0)
    assert.deepEqual(
      told.map(({ ownerId }) => ownerId),
      [jo],
    )
  })

  test('ten commits at once raise ten times', async () => {
    const { database, told } = await begin()
    await Promise.all(
      Array.from({ length: 10 }, (_, number) =>
        database.transaction((db) => addTask(db, `many-${number}`)),
      ),
    )
    assert.equal(new Set(told.map(({ revision }) => revision)).size, 10)
  })
})

async function revisionOf({ db }: Database, ownerId: string): Promise<number> {
  const row = await db
    .selectFrom('revisions')
    .select('revision')
    .where('owner_id', '=', ownerId)
    .executeTakeFirst()
  return row?.revision ?? 0
}

async function addTask(db: Db, taskId: string): Promise<void> {
  await db
    .insertInto('tasks')
    .values({
      connection_id: acme,
      task_id: asTaskId(taskId),
      content: 'Call Ben',
      deadline_at: null,
      is_completed: 0,
      completed_at: null,
      assignee_ids: '[]',
      linked_records: '[]',
      created_by: null,
      created_at: 0,
      observed_at: 0,
    })
    .execute()
}

async function addSession(db: Db): Promise<void> {
  await db
    .insertInto('sessions')
    .values({
      account_id: jo,
      session_id: asSessionId('session'),
      cookie_hash: 'hash',
      user_agent: '',
      created_at: 0,
      last_seen_at: 0,
      password_confirmed_at: 0,
      expires_at: 1,
    })
    .execute()
}
