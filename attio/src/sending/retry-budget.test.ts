import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRetryBudget } from './retry-budget.ts'

test('RL-04 when every call fails, retries are limited to a tenth of the calls plus the reserve', () => {
  const budget = createRetryBudget({ reserve: 10 })
  let repeats = 0
  for (let call = 0; call < 10_000; call += 1) {
    budget.earn()
    for (let repeat = 0; repeat < 2; repeat += 1) if (budget.spend()) repeats += 1
  }
  assert.ok(repeats <= 1_010 && repeats >= 1_000, String(repeats))
})

test('the retry budget never exceeds the reserve', () => {
  const budget = createRetryBudget({ reserve: 3 })
  for (let call = 0; call < 1_000; call += 1) budget.earn()
  assert.deepEqual(
    [1, 2, 3, 4].map(() => budget.spend()),
    [true, true, true, false],
  )
})
