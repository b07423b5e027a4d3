import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createSemaphore } from './semaphore.ts'

suite('a semaphore', () => {
  test('work waits in order, and no more than the given number goes on at once', async () => {
    const semaphore = createSemaphore(2)
    const begun: number[] = []
    const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
    const all = gates.map((gate, at) =>
      semaphore.run(async () => {
        begun.push(at)
        await gate.promise
        return at
      }),
    )
    assert.deepEqual(begun, [0, 1])
    gates[1]?.resolve()
    await all[1]
    await Promise.resolve()
    assert.deepEqual(begun, [0, 1, 2])
    for (const gate of gates) gate.resolve()
    assert.deepEqual(await Promise.all(all), [0, 1, 2, 3, 4])
    assert.deepEqual(begun, [0, 1, 2, 3, 4])
  })

  test('work that fails hands its place on', async () => {
    const semaphore = createSemaphore(1)
    const failed = semaphore.run(() => Promise.reject(new Error('out of order')))
    const next = semaphore.run(async () => 'done')
    await assert.rejects(failed, /out of order/)
    assert.equal(await next, 'done')
    assert.equal(await semaphore.run(async () => 'again'), 'again')
  })
})
