import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chunksOf } from './chunks.ts'

test('every item is in one piece, in order, and pieces have few lengths', () => {
  const lengths = new Set<number>()
  for (const count of [0, 1, 3, 5, 99, 499, 500, 501, 1_737]) {
    const items = Array.from({ length: count }, (_, at) => at)
    const pieces = [...chunksOf(items)]
    assert.deepEqual(pieces.flat(), items)
    for (const { length } of pieces) lengths.add(length)
  }
  assert.ok(lengths.size <= 5)
})
