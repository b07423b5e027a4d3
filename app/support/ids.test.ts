import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestClock } from './clock.ts'
import { createIds } from './ids.ts'
import { systemRandomBytes } from './random.ts'

const uuidv7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('an id is a UUIDv7 that begins with its creation time', () => {
  const clock = createTestClock(Date.UTC(2026, 1, 3, 4, 5, 6, 789))
  const id = createIds(clock, systemRandomBytes)()
  assert.match(id, uuidv7)
  assert.equal(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16), clock.now())
})

test('H-06 20,000 ids within one millisecond sort by creation order, and none repeats', () => {
  const ids = createIds(createTestClock(), systemRandomBytes)
  const made = Array.from({ length: 20_000 }, ids)
  assert.deepEqual(made, [...made].sort())
  assert.equal(new Set(made).size, made.length)
  for (const id of made) assert.match(id, uuidv7)
})

test('ids keep rising when the clock steps back', () => {
  let nowMs = 5_000_000
  const ids = createIds({ ...createTestClock(), now: () => nowMs }, systemRandomBytes)
  const before = ids()
  nowMs -= 60_000
  assert.ok(ids() > before)
})

test('H-06 one id does not reveal the next: 62 bits are random', () => {
  const ids = createIds(createTestClock(), systemRandomBytes)
  const tails = Array.from({ length: 1_000 }, () => ids().slice(19))
  assert.equal(new Set(tails).size, tails.length)
})
