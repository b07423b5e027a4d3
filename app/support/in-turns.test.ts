import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mapInTurns } from './in-turns.ts'

test('a long list keeps its order, and other work runs after every 200 items', async () => {
  const items = Array.from({ length: 1_001 }, (_, at) => at)
  let mapped = 0
  const seen: number[] = []
  let isOver = false
  const others = (async () => {
    while (!isOver) {
      await new Promise((done) => setImmediate(done))
      seen.push(mapped)
    }
  })()
  const doubled = await mapInTurns(items, (item) => {
    mapped += 1
    return item * 2
  })
  isOver = true
  await others
  assert.deepEqual(
    doubled,
    items.map((item) => item * 2),
  )
  for (const count of [200, 400, 600, 800, 1_000]) assert.ok(seen.includes(count), `${count}`)
})
