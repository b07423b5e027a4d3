import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chunksOf } from './chunks.ts'

test('chunks hold every item once, in order, and have at most five different lengths', () => {
  const lengths = new Set<number>()
  for (const count of [0, 1, 3, 5, 99, 499, 500, 501, 1_737]) {
    const items = Array.from({ length: count }, (_, at) => at)
    const pieces = [...chunksOf(items)]
    assert.deepEqual(pieces.flat(), items)
    for (const { length } of pieces) lengths.add(length)
  }
  assert.ok(lengths.size <= 5)
})
