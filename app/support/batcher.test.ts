import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createBatcher, type WorkOnBatch } from './batcher.ts'

const limits = { atOnce: 100, waiting: 100 }

/** Batches that end when the test says so. */
function createRounds(refused: readonly number[] = []) {
  const rounds: (readonly number[])[] = []
  const ends: (() => void)[] = []
  const round: WorkOnBatch<number, string> = async (numbers) => {
    rounds.push(numbers)
    await new Promise<void>((resolve) => void ends.push(resolve))
    const bad = numbers.filter((number) => refused.includes(number))
    if (bad.length > 0) throw new Error(`refused ${bad.join()}`)
    return numbers.map(String)
  }
  const endAll = async (): Promise<void> => {
    for (let idle = 0; idle < 3; idle = ends.length === 0 ? idle + 1 : 0) {
      for (const end of ends.splice(0)) end()
      await turn()
    }
  }
  return { round, rounds, ends, endAll }
}

const turn = () => new Promise((resolve) => void setImmediate(resolve))
const turns = async (): Promise<void> => {
  for (let number = 0; number < 3; number++) await turn()
}

suite('the batcher', () => {
  test('items that arrive during a batch share the next one, and each has its own result', async () => {
    const { round, rounds, endAll } = createRounds()
    const together = createBatcher(round, limits)
    const first = [together(1), together(2)]
    await turns()
    const later = [3, 4, 5].map((number) => together(number))
    await endAll()
    assert.deepEqual(await Promise.all([...first, ...later]), ['1', '2', '3', '4', '5'])
    assert.deepEqual(rounds, [
      [1, 2],
      [3, 4, 5],
    ])
  })

  test('an item has no result before its batch has ended', async () => {
    const { round, endAll } = createRounds()
    const together = createBatcher(round, limits)
    let answered = 0
    const all = [1, 2].map((number) => together(number).then(() => (answered += 1)))
    await turns()
    assert.equal(answered, 0)
    await endAll()
    await Promise.all(all)
  })

  test('a batch takes a limited number of items, and an item that finds no room is told at once', async () => {
    const { round, rounds, endAll } = createRounds()
    const together = createBatcher(round, { atOnce: 2, waiting: 3 })
    const all = [1, 2, 3, 4].map((number) => together(number))
    assert.equal(await all[3], 'no-room')
    await endAll()
    assert.deepEqual(await Promise.all(all), ['1', '2', '3', 'no-room'])
    assert.deepEqual(rounds, [[1, 2], [3]])
  })

  test('an item that fails does not fail the others', async () => {
    const { round, endAll } = createRounds([2])
    const together = createBatcher(round, limits)
    const all = Promise.allSettled([1, 2, 3].map((number) => together(number)))
    await endAll()
    const ends = (await all).map((end) => (end.status === 'fulfilled' ? end.value : 'failed'))
    assert.deepEqual(ends, ['1', 'failed', '3'])
  })

  test('when every item fails, only two are tried alone', async () => {
    const { round, rounds, endAll } = createRounds([1, 2, 3, 4, 5])
    const together = createBatcher(round, limits)
    const all = Promise.allSettled([1, 2, 3, 4, 5].map((number) => together(number)))
    await endAll()
    assert.ok((await all).every(({ status }) => status === 'rejected'))
    assert.deepEqual(rounds, [[1, 2, 3, 4, 5], [1], [2]])
    const again = Promise.allSettled([together(6)])
    await endAll()
    assert.deepEqual(await again, [{ status: 'fulfilled', value: '6' }])
  })
})
