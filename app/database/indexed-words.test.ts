import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { isIndexedWord } from './indexed-words.ts'

onEachEngine('words of partial indexes', (open, engine) => {
  test('every word in the condition of a partial index is written into queries', async () => {
    const { db } = await open()
    const { rows } =
      engine.name === 'sqlite'
        ? await sql<Index>`select sql as text from sqlite_master where type = 'index'`.execute(db)
        : await sql<Index>`select indexdef as text from pg_indexes`.execute(db)
    const words = rows.flatMap(({ text }) => {
      const condition = /\swhere\s(.*)/is.exec(text ?? '')?.[1] ?? ''
      return [...condition.matchAll(/'([^']*)'/g)].map(([, word = '']) => word)
    })
    assert.ok(words.includes('active'))
    for (const word of words) assert.ok(isIndexedWord(word), word)
  })

  test('a query carries such a word in its text, and any other value as a parameter', async () => {
    const { db } = await open()
    const query = db.selectFrom('seats').select('account_id').where('state', '=', 'active')
    assert.match(query.compile().sql, /"state" = 'active'/)
    assert.deepEqual(query.compile().parameters, [])
    const other = db.selectFrom('accounts').select('account_id').where('username', '=', "o'x")
    assert.deepEqual(other.compile().parameters, ["o'x"])
  })
})

interface Index {
  readonly text: string | null
}
