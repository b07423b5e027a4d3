import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chunksByOwner, chunksOf } from './chunks.ts'

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

test('the IDs of several owners fit into one piece, in lists of at most five different lengths', () => {
  const lengths = new Set<number>()
  for (const count of [1, 3, 5, 99, 499, 500, 1_737]) {
    const ids = Array.from({ length: count }, (_, at) => at)
    const pieces = [
      ...chunksByOwner(
        new Map([
          ['a', ids],
          ['b', [7, 7]],
          ['c', []],
        ]),
      ),
    ]
    assert.equal(pieces.length, 1)
    const of = (owner: string) => pieces.flat().filter((piece) => piece.owner === owner)
    assert.deepEqual([...new Set(of('a').flatMap((piece) => piece.ids))], ids)
    assert.deepEqual(
      of('b').map((piece) => piece.ids),
      [[7]],
    )
    assert.deepEqual(of('c'), [])
    for (const piece of pieces.flat()) lengths.add(piece.ids.length)
  }
  assert.ok(lengths.size <= 5)
})

test('very many IDs take several pieces, none of which has too many for a statement', () => {
  const ids = Array.from({ length: 25_000 }, (_, at) => at)
  const pieces = [...chunksByOwner(new Map([['a', ids]]))]
  assert.equal(pieces.length, 3)
  assert.deepEqual(
    pieces.flat().flatMap((piece) => piece.ids),
    ids,
  )
})
