import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createTestClock } from '../support/clock.ts'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import type { Db } from './tables.ts'

async function insertKey(db: Db, keyId: string, value = ''): Promise<void> {
  await db.insertInto('key_checks').values({ key_id: keyId, sealed_value: value }).execute()
}

async function readKeys(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('key_checks').select('key_id').orderBy('key_id').execute()
  return rows.map((row) => row.key_id)
}

onEachEngine('transactions', (open) => {
  test('a transaction keeps all its writes and returns its result', async () => {
    const { db, transaction } = await open()
    const result = await transaction(async (db) => {
      await insertKey(db, 'a')
      await insertKey(db, 'b')
      return 'done'
    })
    assert.equal(result, 'done')
    assert.deepEqual(await readKeys(db), ['a', 'b'])
  })

  test('a transaction that fails keeps nothing, and its error is thrown', async () => {
    const { db, transaction } = await open()
    const failure = new Error('changed my mind')
    const failing = transaction(async (db) => {
      await insertKey(db, 'a')
      throw failure
    })
    await assert.rejects(failing, (error) => error === failure)
    assert.deepEqual(await readKeys(db), [])
    await insertKey(db, 'b')
    assert.deepEqual(await readKeys(db), ['b'])
  })

  test('busy writers wait for each other: none fails and no update is lost', async () => {
    const { db, transaction } = await open()
    await insertKey(db, 'counter', '0')
    const increment = async (db: Db): Promise<void> => {
      // Writes first, so that PostgreSQL locks the row from here on.
      await db
        .updateTable('key_checks')
        .set({ sealed_value: sql`sealed_value` })
        .execute()
      const { sealed_value: value } = await db
        .selectFrom('key_checks')
        .select('sealed_value')
        .executeTakeFirstOrThrow()
      await db
        .updateTable('key_checks')
        .set({ sealed_value: String(Number(value) + 1) })
        .execute()
    }
    await Promise.all(Array.from({ length: 60 }, () => transaction(increment)))
    const row = await db.selectFrom('key_checks').selectAll().executeTakeFirstOrThrow()
    assert.equal(row.sealed_value, '60')
  })

  test('using the database itself inside a transaction fails at once instead of hanging', async () => {
    const { db, transaction } = await open()
    const misuses = [() => insertKey(db, 'a'), () => transaction((inner) => insertKey(inner, 'a'))]
    for (const misuse of misuses) {
      await assert.rejects(transaction(misuse), /only the Db that it hands over/)
    }
    assert.deepEqual(await readKeys(db), [])
  })

  test('work started by a transaction may use the database once the transaction has ended', async () => {
    const { db, transaction } = await open()
    const ended = Promise.withResolvers<void>()
    let later: Promise<void> | undefined
    await transaction(async () => {
      later = ended.promise.then(() => insertKey(db, 'later'))
    })
    ended.resolve()
    await later
    assert.deepEqual(await readKeys(db), ['later'])
  })

  test('H-34 a transaction whose failed statement is caught still keeps nothing', async () => {
    const { db, transaction } = await open()
    const work = transaction(async (db) => {
      await insertKey(db, 'a')
      await insertKey(db, 'a')
    })
    await assert.rejects(work, /unique/i)
    assert.deepEqual(await readKeys(db), [])
  })
})

onEachEngine('values', (open) => {
  test('any text can be stored and searched for; a NUL becomes the replacement character', async () => {
    const { db } = await open()
    for (const text of ['', '\0', 'a\0b', "'; drop table accounts; --", '\ud83e', '\u202e', '🦊']) {
      await insertKey(db, 'a', text)
      const stored = await db
        .selectFrom('key_checks')
        .select('sealed_value')
        .where('sealed_value', '=', text)
        .executeTakeFirst()
      assert.equal(stored?.sealed_value, text.replaceAll('\0', '\ufffd').toWellFormed())
      await db.deleteFrom('key_checks').execute()
    }
  })
  test('whole numbers come back as numbers', async () => {
    const { db } = await open()
    const expire = Date.UTC(2026, 0, 1)
    await db.insertInto('rate_limits').values({ key: 'k', points: 2, expire }).execute()
    const row = await db
      .selectFrom('rate_limits')
      .select((eb) => ['expire', eb.fn.countAll().as('count'), eb.fn.sum('expire').as('sum')])
      .groupBy('expire')
      .executeTakeFirst()
    assert.deepEqual(row, { expire, count: 1, sum: expire })
  })
})

onEachEngine('readiness', (_open, engine) => {
  test('RL-31 readiness is a real write, at most once a second', async () => {
    const clock = createTestClock()
    const database = await engine.open(await engine.createMigratedUrl(), { clock })
    assert.equal(await database.isReady(), true)
    await database.db.deleteFrom('migrations').execute()
    assert.equal(await database.isReady(), true, 'the answer of a moment ago')
    await clock.advance(1_000)
    assert.equal(await database.isReady(), false)
  })
})
