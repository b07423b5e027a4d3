import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { chooseInTurn } from './choose-in-turn.ts'

/** Rows are named for their owner: `b2` is the second row of `b`. */
function choose(
  rows: readonly string[],
  options: { readonly count: number; readonly room?: number; readonly after?: string },
): Promise<readonly string[]> {
  const { count, room = count, after } = options
  return chooseInTurn({
    count,
    after,
    roomOf: () => room,
    ownerOf: (row) => row.slice(0, 1),
    listNext: async (last) =>
      rows
        .toSorted()
        .filter((row) => last === undefined || row.slice(0, 1) > last)
        .slice(0, count),
  })
}

suite('turns among owners', () => {
  test("the next owner's rows come first, and after the last owner the first one follows", async () => {
    const rows = ['a1', 'b1', 'b2', 'c1']
    assert.deepEqual(await choose(rows, { count: 9 }), ['a1', 'b1', 'b2', 'c1'])
    assert.deepEqual(await choose(rows, { count: 9, after: 'a' }), ['b1', 'b2', 'c1', 'a1'])
    assert.deepEqual(await choose(rows, { count: 9, after: 'c' }), ['a1', 'b1', 'b2', 'c1'])
  })

  test('an owner with many rows leaves room for the others', async () => {
    const rows = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1']
    assert.deepEqual(await choose(rows, { count: 4, room: 2 }), ['a1', 'a2', 'b1', 'c1'])
  })

  test('at most the given number of rows is chosen, none twice, and none is left while there is room', async () => {
    const row = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(9)).map(([o, n]) => `${o}${n}`)
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(row),
        fc.integer({ min: 1, max: 6 }),
        fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { nil: undefined }),
        async (rows, count, after) => {
          const chosen = await choose(rows, { count, ...(after !== undefined && { after }) })
          assert.equal(chosen.length, Math.min(count, rows.length))
          assert.equal(new Set(chosen).size, chosen.length)
        },
      ),
    )
  })
})
