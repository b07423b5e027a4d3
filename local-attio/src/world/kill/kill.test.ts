import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killAgainAndAgain } from './rounds.ts'

test('kill -9 at any moment loses no answered write and no message about one', async () => {
  const report = await killAgainAndAgain(10)
  assert.ok(report.answered > 100, `${report.answered} answers are too few to prove anything`)
})
