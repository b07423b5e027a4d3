import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createBackground } from './background.ts'
import { createTestClock } from '../support/clock.ts'
import { createTestLogger } from '../support/logger.ts'

suite('background work', () => {
  test('work of one name runs once at a time', async () => {
    const background = createBackground(createTestLogger(createTestClock()))
    const gate = Promise.withResolvers<void>()
    let runs = 0
    const work = async (): Promise<void> => {
      runs += 1
      await gate.promise
    }
    background.run('sync a', work)
    background.run('sync a', work)
    background.run('sync b', work)
    assert.equal(runs, 2)
    gate.resolve()
    await background.idle()
    background.run('sync a', work)
    assert.equal(runs, 3)
    await background.stop()
  })

  test('work kicked while it is under way runs once more, whenever the kick came', async () => {
    const background = createBackground(createTestLogger(createTestClock()))
    let stored = 0
    let seen = 0
    const store = (): void => {
      stored += 1
      background.kick('refetch', refetch)
    }
    const refetch = async (): Promise<void> => {
      const found = stored
      await Promise.resolve()
      seen = found
    }
    for (let pauses = 0; pauses < 40; pauses++) {
      store()
      for (let pause = 0; pause < pauses; pause++) await Promise.resolve()
      store()
      await background.idle()
      assert.equal(seen, stored, `the second one after ${pauses} pauses`)
    }
    await background.stop()
  })

  test('a failure is logged by name and stops no other work', async () => {
    const logger = createTestLogger(createTestClock())
    const background = createBackground(logger)
    background.run('sync a', async () => {
      throw new Error('no such luck')
    })
    await background.idle()
    assert.match(logger.lines.join(''), /sync a.*no such luck/)
    await background.stop()
  })

  test('a stop aborts all work, waits for it, and starts no more', async () => {
    const clock = createTestClock()
    const background = createBackground(createTestLogger(clock))
    let rounds = 0
    background.repeat(
      'rounds',
      (signal) => clock.wait(1_000, signal),
      async () => {
        rounds += 1
      },
    )
    await clock.advance(0)
    await clock.advance(2_500)
    assert.equal(rounds, 3)
    await background.stop()
    background.run('late', async () => {
      rounds += 100
    })
    await clock.advance(5_000)
    assert.equal(rounds, 3)
  })
})
