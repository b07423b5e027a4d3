import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLagMeter } from './event-loop-lag.ts'

test('an event loop is late while three timers in a row ran late, and no longer', () => {
  const meter = createLagMeter()
  const isLateAfter = (ms: number): boolean => {
    meter.ranLate(ms)
    return meter.isLate()
  }
  assert.deepEqual([900, 900, 900, 900, 20, 900, 900, 500].map(isLateAfter), [
    false,
    false,
    true,
    true,
    false,
    false,
    false,
    true,
  ])
})

test('one long pause does not make an event loop late', () => {
  const meter = createLagMeter()
  for (const ms of [2, 8_000, 3, 1]) {
    meter.ranLate(ms)
    assert.equal(meter.isLate(), false)
  }
})
