import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from './clock.ts'

const source = { now: () => 1000 }

test('a frozen clock stands still until it is advanced, and resumes from there', async () => {
  let real = 1000
  const clock = createClock({ now: () => real })
  clock.freeze()
  real = 5000
  assert.equal(clock.now(), 1000)
  await clock.advance(250)
  assert.equal(clock.now(), 1250)
  clock.resume()
  real = 5100
  assert.equal(clock.now(), 1350)
  clock.freeze(42)
  assert.equal(clock.now(), 42)
})

test('advancing runs all due calls in order, each at its due time', async () => {
  const clock = createClock(source)
  clock.freeze()
  const seen: (readonly [string, number])[] = []
  const note = (name: string) => () => {
    seen.push([name, clock.now()])
  }
  clock.schedule(3000, note('third'))
  clock.schedule(1500, () => {
    note('first')()
    clock.schedule(2000, note('second'))
  })
  const cancel = clock.schedule(2500, note('never'))
  clock.schedule(9000, note('later'))
  cancel()
  await clock.advance(4000)
  assert.deepEqual(seen, [
    ['first', 1500],
    ['second', 2000],
    ['third', 3000],
  ])
  assert.equal(clock.now(), 5000)
})

test('a wait ends when its time has passed or its signal fires', async () => {
  const clock = createClock(source)
  clock.freeze()
  const waited = clock.wait(100)
  await clock.advance(100)
  await waited
  const stop = new AbortController()
  const aborted = clock.wait(100, stop.signal)
  stop.abort()
  await assert.rejects(aborted, { name: 'AbortError' })
})
