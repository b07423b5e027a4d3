import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { asConnectionId, type ConnectionId } from '../support/ids.ts'
import { repeatedQuery } from './open-database.ts'

interface Asked {
  readonly owners: readonly ConnectionId[]
  readonly least?: number
}

const revisionsOf = repeatedQuery((db, { least, owners }: Asked) =>
  db
    .selectFrom('revisions')
    .select('revision')
    .where('owner_id', 'in', owners)
    .$if(least !== undefined, (rows) => rows.where('revision', '>=', least ?? 0))
    .orderBy('revision'),
)

onEachEngine('repeated queries', (open) => {
  test('a query that is asked again reads what is there now, and one that asks for something else reads that', async () => {
    const database = await open()
    const { db } = database
    const [one, two] = [asConnectionId('one'), asConnectionId('two')]
    const store = (owner: ConnectionId, revision: number) =>
      db.insertInto('revisions').values({ owner_id: owner, revision }).execute()
    const read = async (asked: Asked) =>
      (await revisionsOf(db, asked)).map(({ revision }) => revision)
    assert.deepEqual(await read({ owners: [one] }), [])
    await store(one, 1)
    await store(two, 2)
    assert.deepEqual(await read({ owners: [one] }), [1])
    assert.deepEqual(await read({ owners: [two] }), [2])
    assert.deepEqual(await read({ owners: [one, two] }), [1, 2])
    assert.deepEqual(await read({ owners: [one, two], least: 2 }), [2])
  })

  test('a query that was asked before is refused inside a transaction of another Db, too', async () => {
    const database = await open()
    const asked = { owners: [asConnectionId('one')] }
    await revisionsOf(database.db, asked)
    await database.transaction(async (inside) => {
      assert.deepEqual(await revisionsOf(inside, asked), [])
      await assert.rejects(revisionsOf(database.db, asked), { code: 'misused-transaction' })
    })
  })
})
