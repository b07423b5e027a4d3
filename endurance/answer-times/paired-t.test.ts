import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareTimes, type Pair } from './paired-t.ts'

/** Noise that is the same in each run: a sum of sines. */
const noise = (at: number): number => Math.sin(at * 12.9898) + Math.sin(at * 78.233)

const pairsWith = (leakMs: number): readonly Pair[] =>
  Array.from({ length: 2_000 }, (_, at) => ({
    known: 5 + noise(at) + leakMs,
    unknown: 5 + noise(at + 0.5),
  }))

test('H-32 a leak of a fifth of the noise is found in 2,000 pairs, and equal times are not taken for one', () => {
  assert.ok(Math.abs(compareTimes(pairsWith(0)).t) < 4.5)
  assert.ok(compareTimes(pairsWith(0.4)).t > 4.5)
  assert.ok(compareTimes(pairsWith(-0.4)).t < -4.5)
})
