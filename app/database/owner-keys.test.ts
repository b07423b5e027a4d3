// The unique keys that do not hold their row's owner: an engine that shards by owner could not keep them.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { sql } from 'kysely'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'

onEachEngine('unique keys', (open, engine) => {
  // Both engines have the same tables; SQLite's are read more easily.
  if (engine.name !== 'sqlite') return

  test('docs/scale.md lists every unique key without its owner', async () => {
    const { db } = await open()
    const { rows: keys } = await sql<{ table: string; columns: string; origin: string }>`
      select tables.name as "table", keys.origin, (
        select group_concat(parts.name, ', ') from pragma_index_info(keys.name) as parts
      ) as columns
      from sqlite_schema as tables, pragma_index_list(tables.name) as keys
      where tables.type = 'table' and keys."unique" = 1`.execute(db)
    assert.ok(keys.length > 30)
    // A table whose primary key does not begin with an owner belongs to the whole server, or is a directory already.
    const ownerOf = new Map(
      keys
        .filter(
          ({ columns, origin }) => origin === 'pk' && /^(account|connection)_id\b/.test(columns),
        )
        .map(({ columns, table }) => [table, columns.split(', ')[0]]),
    )
    const without = keys
      .filter(({ columns, table }) => {
        const owner = ownerOf.get(table)
        return owner !== undefined && !columns.split(', ').includes(owner)
      })
      .map(({ columns, table }) => `${table} (${columns})`)
    const text = await readFile(new URL('../../docs/scale.md', import.meta.url), 'utf8')
    const listed = [...text.matchAll(/^\| (\w+ \([\w, ]+\)) +\|/gm)].map(([, key = '']) => key)
    assert.deepEqual(listed.toSorted(), without.toSorted())
  })
})
