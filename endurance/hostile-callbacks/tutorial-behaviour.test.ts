// Proves that the attacks work: against an app with known holes, each hole is found.
import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { attack, attackClasses, type Outcome } from './hostile-callbacks.ts'
import { createTutorialTarget } from './tutorial-behaviour.ts'
import { nothing, type Tally } from './witness.ts'

type Harm = 'tokenRequests' | 'links' | 'failures' | 'crashes'

const links = ['tokenRequests', 'links'] as const
const holes = new Map<string, readonly Harm[]>([
  ['state-missing', links],
  ['state-empty', links],
  ['state-wrong', links],
  ['state-truncated', links],
  ['state-bit-flipped', links],
  ['state-with-controls', links],
  ['state-long', links],
  ['state-foreign', links],
  ['other-account', links],
  ['session-swap', links],
  ['other-browser', links],
  ['planted-cookie', links],
  ['signed-out', links],
  ['planted-session', links],
  ['replayed', ['tokenRequests', 'failures', 'crashes']],
  ['expired', ['tokenRequests', 'failures']],
  ['doubled-parameter', ['tokenRequests', 'links', 'failures']],
  ['error-with-state', links],
  ['error-without-state', links],
  ['foreign-issuer', links],
  ['code-malformed', ['tokenRequests', 'failures']],
  ['answer-of-another-kind', links],
  ['code-injected', links],
  ['other-method', links],
  ['odd-encoding', links],
  ['host-header', links],
])

const withoutHole = new Map([
  ['odd-path', 'its router takes one path and no other'],
  ['other-session', 'a second sign-in is impossible'],
])

suite('the attacks on an app that behaves like the tutorial’s', () => {
  let outcome: Outcome
  before(async () => {
    const target = createTutorialTarget()
    outcome = await attack(target, { seed: 1, count: 6_000 })
    await target.close()
  })
  const tallyOf = (name: string): Tally => outcome.byClass.get(name) ?? nothing

  for (const { name, rules } of attackClasses) {
    const harms = holes.get(name)
    if (harms === undefined) continue
    test(`${rules.join(' ')} the attack ${name} finds the hole in an app like the tutorial's`, () => {
      for (const harm of harms) assert.ok(tallyOf(name)[harm] > 0, harm)
    })
  }

  test('every attack class except the listed ones finds a hole in an app like the tutorial’s', () => {
    for (const { name } of attackClasses) assert.ok(holes.has(name) || withoutHole.has(name), name)
    for (const name of withoutHole.keys()) {
      const { tokenRequests, links, failures } = tallyOf(name)
      assert.equal(tokenRequests + links + failures, 0, name)
    }
  })

  test('the same seed produces the same attacks', async () => {
    const [one, other] = [createTutorialTarget(), createTutorialTarget()]
    const again = await Promise.all(
      [one, other].map((target) => attack(target, { seed: 7, count: 500 })),
    )
    assert.deepEqual(again[0]?.byClass, again[1]?.byClass)
    assert.notDeepEqual(again[0]?.byClass, outcome.byClass)
    await Promise.all([one.close(), other.close()])
  })
})
