import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestRandomBytes, systemRandomBytes } from './random.ts'

test('the system generator gives as many bytes as asked, never the same ones', () => {
  assert.equal(systemRandomBytes(32).length, 32)
  assert.notDeepEqual(systemRandomBytes(32), systemRandomBytes(32))
  assert.equal(systemRandomBytes(5_000).length, 5_000)
  const drawn = Array.from({ length: 2_000 }, () =>
    Buffer.from(systemRandomBytes(16)).toString('hex'),
  )
  assert.equal(new Set(drawn).size, drawn.length)
  assert.ok(drawn.every((bytes) => bytes.length === 32))
})

test('test bytes repeat with their seed, and only with it', () => {
  const first = createTestRandomBytes('a')
  const again = createTestRandomBytes('a')
  const drawn = first(40)
  assert.equal(drawn.length, 40)
  assert.deepEqual(again(40), drawn)
  assert.notDeepEqual(first(40), drawn)
  assert.notDeepEqual(createTestRandomBytes('b')(40), drawn)
})
