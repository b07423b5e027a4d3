import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzz } from './fuzz.ts'

test('invalid requests of every kind get a 4xx in Attio’s shape, never a 5xx', async () => {
  const { problems, statuses } = await fuzz(3000, 20_261_003)
  assert.deepEqual(problems, [])
  assert.ok((statuses['400'] ?? 0) > 500)
})
