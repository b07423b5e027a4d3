// The short version of `npm run test:endurance -- hostile-callbacks`.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { totalOf } from './figures.ts'
import { attack, attackClasses, merge, noOutcome, type Outcome } from './hostile-callbacks.ts'
import { createTaskrTarget } from './taskr-target.ts'
import { doOnAllCores, piecesOf } from '../threads/threads.ts'

suite('hostile callbacks', () => {
  test('OA-01 OA-03 OA-04 OA-05 OA-06 OA-07 OA-08 OA-11 OA-12 OA-13 OA-15 H-17 10,000 hostile callbacks cause no token request, no connection and no 500', async () => {
    const count = 10_000
    let outcome = noOutcome
    const jobs = piecesOf(count, count / 2).map((piece) => async () => ({
      kind: 'callbacks' as const,
      seed: 1,
      ...piece,
    }))
    await doOnAllCores(jobs, (done) => {
      if (done.kind === 'callbacks') outcome = merge(outcome, done.outcome)
    })
    assertWithstood(outcome, count)
    for (const { name } of attackClasses)
      assert.ok((outcome.byClass.get(name)?.attacks ?? 0) > 0, name)
  })
})

onEachEngine('hostile callbacks on two nodes', (_, engine) => {
  if (engine.name === 'sqlite') return
  test('OA-01 OA-03 OA-04 OA-05 OA-07 hostile callbacks connect nothing on either of two nodes', async () => {
    const target = await createTaskrTarget(await engine.createMigratedUrl())
    try {
      assertWithstood(await attack(target, { seed: 2, count: 1_000 }), 1_000)
    } finally {
      await target.close()
    }
  })
})

function assertWithstood(outcome: Outcome, count: number): void {
  assert.deepEqual(outcome.findings, [])
  const { attacks, requests, tokensGranted, links, failures, indiscretions, tokenRequests } =
    totalOf(outcome)
  assert.equal(attacks, count)
  assert.ok(requests >= count)
  assert.deepEqual(
    { tokensGranted, links, failures, indiscretions },
    { tokensGranted: 0, links: 0, failures: 0, indiscretions: 0 },
  )
  // When only the code is wrong, Taskr asks Attio once, and Attio refuses.
  const injected = outcome.byClass.get('code-injected')
  assert.equal(injected?.tokenRequests, injected?.attacks)
  assert.equal(tokenRequests - (injected?.tokenRequests ?? 0), 0)
  // The attacks do not stop people from connecting.
  assert.ok(outcome.stillConnects)
}
