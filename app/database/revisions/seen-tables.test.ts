import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { seenTables, unseenTables } from './seen-tables.ts'

onEachEngine('seen tables', (open, engine) => {
  if (engine.name !== 'sqlite') return

  test('every table either raises revisions or shows on no kept page', async () => {
    const { db } = await open()
    const found = await sql<{ name: string }>`
      select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'search_%'`.execute(
      db,
    )
    const listed = [...Object.keys(seenTables), ...unseenTables]
    assert.deepEqual(listed.toSorted(), found.rows.map(({ name }) => name).toSorted())
  })

  test('every column that is named as unseen or quiet exists', async () => {
    const { db } = await open()
    for (const [table, seen] of Object.entries(seenTables)) {
      const { rows } = await sql<{ name: string }>`
        select name from pragma_table_info(${table})`.execute(db)
      const columns = new Set(rows.map(({ name }) => name))
      const values = { ...seen.unseenValues, ...seen.quietValues }
      const named = [...seen.owners, ...seen.unseen, ...(seen.quiet ?? []), ...Object.keys(values)]
      assert.deepEqual(
        named.filter((name) => !columns.has(name)),
        [],
        table,
      )
    }
  })
})
