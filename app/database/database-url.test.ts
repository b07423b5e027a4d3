import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DatabaseError } from './database-error.ts'
import { readDatabaseUrl } from './database-url.ts'

test('a file URL may be relative, absolute or with slashes', () => {
  assert.deepEqual(readDatabaseUrl('file:./data/taskr.db'), {
    engine: 'sqlite',
    path: './data/taskr.db',
  })
  assert.deepEqual(readDatabaseUrl('file:/var/taskr.db'), {
    engine: 'sqlite',
    path: '/var/taskr.db',
  })
  assert.deepEqual(readDatabaseUrl('file:///var/a%20b.db'), {
    engine: 'sqlite',
    path: '/var/a b.db',
  })
})

test('a PostgreSQL URL is described by its host, port and database, without user and password', () => {
  const address = readDatabaseUrl('postgres://jo:canary@db.example:5433/taskr?sslmode=verify-full')
  assert.ok(address.engine === 'postgres')
  assert.equal(address.place, 'db.example:5433/taskr')
  assert.equal(readDatabaseUrl('postgresql://localhost/taskr').engine, 'postgres')
})

const unusable = [
  '',
  './data/taskr.db',
  'mysql://jo:canary@localhost/taskr',
  'file:',
  'file:data/',
  'file:taskr.db?mode=memory',
  'file:a\0b',
  'file://relative/path.db',
  'postgres://',
  'postgres://jo:canary@localhost',
  'postgres://jo:canary@localhost/',
  'postgres://jo:canary@[not-an-address/taskr',
  'postgres://jo:canary@localhost/taskr?sslmode=no-verify',
]

test('an unusable URL is refused in one line that does not repeat it', () => {
  for (const url of unusable) {
    assert.throws(
      () => readDatabaseUrl(url),
      (error) => {
        assert.ok(error instanceof DatabaseError, url)
        assert.equal(error.code, 'bad-url')
        assert.doesNotMatch(error.message, /canary|\n/)
        return true
      },
      url,
    )
  }
})

test('H-04 a database in memory is refused', () => {
  assert.throws(() => readDatabaseUrl('file::memory:'), /forgets everything at a restart/)
})
