import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { decideRetry, type FailedAttempt, type RetrySituation } from './retry-decision.ts'

const now = Date.UTC(2026, 4, 15)
const status = (
  status: number,
  retryAfter: string | null = null,
  isFromAttio = true,
): FailedAttempt => ({
  kind: 'status',
  status,
  isFromAttio,
  retryAfter,
  date: null,
})
const decide = (failure: FailedAttempt, situation: Partial<RetrySituation> = {}) =>
  decideRetry({
    failure,
    attempt: 1,
    attempts: 3,
    isRepeatable: true,
    maxWaitMs: 10_000,
    now,
    random: 0.5,
    ...situation,
  })

describe('RL-04 retried failures', () => {
  const table: [failure: FailedAttempt, name: string, read: string, post: string][] = [
    [status(429), '429', 'wait', 'wait'],
    [status(500), '500', 'wait', 'stop'],
    [status(502), '502', 'wait', 'stop'],
    [status(503, '1'), '503 with Retry-After', 'wait', 'stop'],
    [status(504), '504', 'wait', 'stop'],
    [status(501), '501', 'stop', 'stop'],
    [status(400), '400', 'stop', 'stop'],
    [status(401), '401', 'stop', 'stop'],
    [status(403), '403', 'stop', 'stop'],
    [status(404), '404', 'stop', 'stop'],
    [status(409), '409', 'stop', 'stop'],
    [{ kind: 'network' }, 'a broken connection', 'wait', 'stop'],
    [{ kind: 'timeout' }, 'a missed deadline', 'stop', 'stop'],
  ]
  for (const [failure, name, read, post] of table) {
    test(`RL-04 after ${name}: ${read} when repeatable, else ${post}`, () => {
      assert.equal(decide(failure).kind, read)
      assert.equal(decide(failure, { isRepeatable: false }).kind, post)
    })
  }

  test('RL-04 the third attempt is the last', () => {
    assert.equal(decide(status(500), { attempt: 2 }).kind, 'wait')
    assert.equal(decide(status(500), { attempt: 3 }).kind, 'stop')
    assert.equal(decide(status(429, '1'), { attempt: 3 }).kind, 'stop')
  })
})

describe('RL-02 the wait before a retry', () => {
  test('RL-02 a Retry-After in seconds is waited exactly', () => {
    const decision = decide(status(429, '2'))
    assert.deepEqual(decision, { kind: 'wait', ms: 2_000, retryAt: now + 2_000 })
  })

  test('RL-02 a Retry-After beyond the cap gives up and reports retryAt', () => {
    assert.deepEqual(decide(status(429, '11')), { kind: 'stop', retryAt: now + 11_000 })
  })

  test('RL-02 the last attempt still reports retryAt', () => {
    assert.deepEqual(decide(status(429, '1'), { attempt: 3 }), {
      kind: 'stop',
      retryAt: now + 1_000,
    })
  })

  test('RL-04 waits without Retry-After have full jitter under a ceiling that doubles', () => {
    const ceilings = [1, 2, 3, 4, 5, 6].map((attempt) =>
      decide({ kind: 'network' }, { attempt, attempts: 9, random: 1 }),
    )
    assert.deepEqual(
      ceilings.map((decision) => (decision.kind === 'wait' ? decision.ms : undefined)),
      [500, 1_000, 2_000, 4_000, 4_000, 4_000],
    )
    assert.deepEqual(decide({ kind: 'network' }, { random: 0 }), { kind: 'wait', ms: 0 })
  })

  test('RL-02 a wait is never shorter than requested, never longer than the cap, never NaN', () => {
    const situations = fc.record({
      retryAfter: fc.oneof(fc.nat().map(String), fc.string(), fc.constant(null)),
      attempt: fc.integer({ min: 1, max: 5 }),
      status: fc.constantFrom(429, 500, 503),
      random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    })
    fc.assert(
      fc.property(situations, ({ retryAfter, attempt, random, ...rest }) => {
        const decision = decide(status(rest.status, retryAfter), { attempt, random })
        if (decision.kind === 'stop') return
        assert.ok(decision.ms >= 0 && decision.ms <= 10_000)
        if (decision.retryAt !== undefined) assert.ok(now + decision.ms >= decision.retryAt)
      }),
      { numRuns: 2_000 },
    )
  })
})
