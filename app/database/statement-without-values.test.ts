import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { statementWithoutValues } from './statement-without-values.ts'

suite('statements without values', () => {
  test('a statement is named by its operation and its first table', () => {
    for (const [sql, name] of [
      ['select * from "tasks" where "connection_id" = $1', 'select tasks'],
      ['insert into revisions (owner_id) values (?)', 'insert revisions'],
      ['update "sessions" set "last_seen_at" = $1', 'update sessions'],
      ['DELETE FROM changes', 'delete changes'],
      ['begin', 'begin'],
      ['', 'statement'],
    ] as const) {
      assert.equal(statementWithoutValues(sql).name, name)
    }
  })

  test('texts within a statement are left out, and lists of parameters are one', () => {
    for (const [sql, text] of [
      ["select to_tsquery('simple', 'o''brien')", "select to_tsquery('…', '…')"],
      ["select 'never ended", "select '…'"],
      ['a in ($1, $2, $3) and b = $4', 'a in (…) and b = $4'],
      ['a in (?, ?) and b = ?', 'a in (…) and b = ?'],
    ] as const) {
      assert.equal(statementWithoutValues(sql).text, text)
    }
  })

  test('a text has at most 2,000 characters', () => {
    assert.equal(statementWithoutValues('x'.repeat(10_000)).text.length, 2_000)
  })
})
