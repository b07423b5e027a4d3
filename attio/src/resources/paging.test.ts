import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { type PageRange, readItems, readPages } from './paging.ts'

const listOf = (count: number) => Array.from({ length: count }, (_, index) => String(index))
const listOver = (items: readonly string[], asked: PageRange[] = []) => ({
  read: async (range: PageRange) => {
    asked.push(range)
    return items.slice(range.offset, range.offset + range.limit)
  },
  itemsOf: (page: readonly string[]) => page,
  idOf: (item: string) => item,
})

test('H-59 every item is returned once and in order, for every length of list and page', async () => {
  const sizes = fc.integer({ min: 1, max: 12 }).chain((pageSize) =>
    fc.record({
      pageSize: fc.constant(pageSize),
      overlap: fc.integer({ min: 0, max: pageSize - 1 }),
      count: fc.integer({ min: 0, max: 40 }),
    }),
  )
  await fc.assert(
    fc.asyncProperty(sizes, async ({ pageSize, overlap, count }) => {
      const items = listOf(count)
      const read = await Array.fromAsync(readItems({ ...listOver(items), pageSize, overlap }))
      assert.deepEqual(read, items)
    }),
  )
})

test('paging ends with the first page that is not full', async () => {
  const asked: PageRange[] = []
  await Array.fromAsync(readPages({ ...listOver(listOf(1_200), asked) }))
  assert.deepEqual(asked, [
    { limit: 500, offset: 0 },
    { limit: 500, offset: 500 },
    { limit: 500, offset: 1_000 },
  ])
})

test('RL-17 with an overlap, no item is missed when an item already read is deleted', async () => {
  const items = listOf(20)
  const list = listOver(items)
  const read: string[] = []
  for await (const item of readItems({ ...list, pageSize: 5, overlap: 1 })) {
    read.push(item)
    if (read.length === 5) items.shift()
  }
  assert.deepEqual(read, listOf(20))
})

test('paging ends when a server ignores the offset', async () => {
  const list = { ...listOver([]), read: async () => ['a', 'b'], pageSize: 2 }
  await assert.rejects(Array.fromAsync(readPages(list)), { name: 'AttioResponseError' })
})

test('page sizes stay within what Attio documents', async () => {
  for (const pageSize of [0, 501, 1.5, NaN, -1]) {
    await assert.rejects(Array.fromAsync(readPages({ ...listOver([]), pageSize })), RangeError)
  }
  for (const overlap of [-1, 500, 0.5]) {
    await assert.rejects(Array.fromAsync(readPages({ ...listOver([]), overlap })), RangeError)
  }
})
