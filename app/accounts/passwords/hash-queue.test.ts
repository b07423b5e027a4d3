import assert from 'node:assert/strict'
import { test } from 'node:test'
import { busy, createHashQueue } from './hash-queue.ts'

test('H-31 at most the given number run at once, in the order they arrived', async () => {
  const queue = createHashQueue({ running: 3, waiting: 50 })
  let running = 0
  let most = 0
  const begun: number[] = []
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      queue(async () => {
        begun.push(index)
        most = Math.max(most, ++running)
        await new Promise(setImmediate)
        running -= 1
        return index
      }),
    ),
  )
  assert.equal(most, 3)
  assert.deepEqual(
    begun,
    [...begun].sort((one, other) => one - other),
  )
  assert.deepEqual(
    results,
    Array.from({ length: 20 }, (_, index) => index),
  )
})

test('a failure frees its place', async () => {
  const queue = createHashQueue({ running: 1, waiting: 0 })
  await assert.rejects(
    queue(async () => {
      throw new Error('no memory')
    }),
  )
  assert.equal(await queue(async () => 'done'), 'done')
})

test('H-31 work is refused at once when the queue is full', async () => {
  const queue = createHashQueue({ running: 1, waiting: 1 })
  const gate = Promise.withResolvers<string>()
  const first = queue(() => gate.promise)
  const second = queue(async () => 'second')
  assert.equal(await queue(async () => 'third'), busy)
  gate.resolve('first')
  assert.deepEqual(await Promise.all([first, second]), ['first', 'second'])
})
