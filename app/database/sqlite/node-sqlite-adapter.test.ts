import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, suite, test } from 'node:test'
import { adaptNodeSqlite } from './node-sqlite-adapter.ts'

suite('the adapter of node:sqlite', () => {
  let adapter = createAdapter()
  beforeEach(() => {
    adapter = createAdapter()
  })

  function createAdapter(): ReturnType<typeof adaptNodeSqlite> {
    const file = new DatabaseSync(':memory:')
    file.exec('create table notes (number bigint, text text)')
    return adaptNodeSqlite(file)
  }

  test('rows are plain objects', () => {
    adapter.prepare('insert into notes values (?, ?)').run([1, 'one'])
    assert.deepEqual(adapter.prepare('select * from notes').all([]), [{ number: 1, text: 'one' }])
    const streamed = [...adapter.prepare('select * from notes').iterate([])]
    assert.deepEqual(streamed, [{ number: 1, text: 'one' }])
  })

  test('statements that return rows are distinguished from those that do not', () => {
    assert.equal(adapter.prepare('insert into notes values (1, ?) returning number').reader, true)
    assert.equal(adapter.prepare('insert into notes values (1, ?)').reader, false)
    assert.equal(adapter.prepare('begin immediate').reader, false)
  })

  test('values that PostgreSQL would refuse are refused on SQLite, too', () => {
    const insert = adapter.prepare('insert into notes values (?, ?)')
    for (const value of [Number.NaN, Infinity, undefined, true, new Date(0), {}, ['a']]) {
      assert.throws(() => insert.run([value, 'x']), TypeError)
    }
    assert.deepEqual(adapter.prepare('select * from notes').all([]), [])
  })

  test('a number too large for JavaScript is an error, not another number', () => {
    adapter.prepare('insert into notes values (?, ?)').run([2n ** 60n, 'x'])
    assert.throws(() => adapter.prepare('select * from notes').all([]), RangeError)
  })

  test('a statement is prepared once, and the least recently used ones are dropped', () => {
    const first = adapter.prepare('select 0')
    assert.equal(adapter.prepare('select 0'), first)
    for (let number = 1; number < 400; number++) adapter.prepare(`select ${number}`)
    assert.equal(adapter.prepare('select 0'), first)
    for (let number = 1; number <= 400; number++) adapter.prepare(`select ${number}`)
    assert.notEqual(adapter.prepare('select 0'), first)
  })
})
