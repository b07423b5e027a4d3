import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestClock, systemClock } from './clock.ts'

test('a test clock stands still until it is moved', async () => {
  const clock = createTestClock(1_000)
  assert.equal(clock.now(), 1_000)
  await clock.advance(500)
  assert.equal(clock.now(), 1_500)
})

test('waits wake in the order in which they fall due, each at its own time', async () => {
  const clock = createTestClock(0)
  const woken: string[] = []
  const note = (name: string) => (): void => {
    woken.push(`${name} at ${clock.now()}`)
  }
  const late = clock.wait(300).then(note('late'))
  const early = clock.wait(100).then(note('early'))
  await clock.advance(99)
  assert.deepEqual(woken, [])
  await clock.advance(1_000)
  await Promise.all([early, late])
  assert.deepEqual(woken, ['early at 100', 'late at 300'])
})

test('a wait that begins while time moves is woken in the same move', async () => {
  const clock = createTestClock(0)
  const rounds: number[] = []
  const loop = (async () => {
    for (let round = 0; round < 3; round++) {
      await clock.wait(10)
      rounds.push(clock.now())
    }
  })()
  await clock.advance(30)
  await loop
  assert.deepEqual(rounds, [10, 20, 30])
})

test('an aborted wait rejects with the reason, on both clocks, and leaves nothing behind', async () => {
  const testClock = createTestClock(0)
  for (const clock of [testClock, systemClock]) {
    const controller = new AbortController()
    const reason = new Error('shutting down')
    const wait = clock.wait(60_000, controller.signal)
    controller.abort(reason)
    await assert.rejects(wait, (error) => error === reason)
  }
  assert.equal(testClock.waiting(), 0)
})

test('the system clock waits', async () => {
  const before = performance.now()
  await systemClock.wait(5)
  assert.ok(performance.now() - before >= 4)
})
