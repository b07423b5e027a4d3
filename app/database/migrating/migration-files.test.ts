import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createMigration, readMigrations } from './migration-files.ts'

test('Taskr’s migrations are numbered without a gap', () => {
  const migrations = readMigrations()
  assert.ok(migrations.length >= 1)
  assert.deepEqual(
    migrations.map(({ number }) => number),
    migrations.map((_, index) => index + 1),
  )
})

test('a file is split into its statements, without comments', () => {
  const { statements } = createMigration(
    1,
    '0001-a.sql',
    "-- first; second;\ncreate table a (b text); \n\n  -- and;\ninsert into a values ('x; y');\nselect 1",
  )
  assert.deepEqual(statements, [
    { sql: 'create table a (b text)' },
    { sql: "insert into a values ('x; y')" },
    { sql: 'select 1' },
  ])
})

test('a statement can be for one engine, and a trigger keeps its own semicolons', () => {
  const { statements } = createMigration(
    1,
    '0001-a.sql',
    '-- why\n-- only sqlite\ncreate trigger a after insert on b begin\n  delete from c\n  ; delete from d\n  ; end;\n' +
      '-- only postgres\n-- and why\nselect 1;\nselect 2;',
  )
  assert.deepEqual(statements, [
    {
      sql: 'create trigger a after insert on b begin\n  delete from c\n  ; delete from d\n  ; end',
      only: 'sqlite',
    },
    { sql: 'select 1', only: 'postgres' },
    { sql: 'select 2' },
  ])
})

test('line endings do not change the checksum, and every other character does', () => {
  const unix = createMigration(1, '0001-a.sql', 'select 1;\nselect 2;\n')
  assert.equal(
    createMigration(1, '0001-a.sql', 'select 1;\r\nselect 2;\r\n').checksum,
    unix.checksum,
  )
  assert.notEqual(
    createMigration(1, '0001-a.sql', 'select 1;\nselect 2; \n').checksum,
    unix.checksum,
  )
})

test('a gap, a repeated number or a stray name is refused', () => {
  for (const names of [
    ['0002-a.sql'],
    ['0001-a.sql', '0001-b.sql'],
    ['first.sql'],
    ['0001-A.sql'],
  ]) {
    const folder = mkdtempSync(join(tmpdir(), 'taskr-test-'))
    for (const name of names) writeFileSync(join(folder, name), 'select 1;')
    assert.throws(() => readMigrations(folder), /should begin with 000\d-/)
    rmSync(folder, { recursive: true })
  }
})
