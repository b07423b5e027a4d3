import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  AttioApiError,
  AttioNetworkError,
  AttioResponseError,
  AttioTimeoutError,
  AttioUnavailableError,
  type AttioFailure,
} from '@taskr/attio'
import type { AttioOutcome } from '../../connections/calling/call-attio.ts'
import { createTestClock } from '../../support/clock.ts'
import { createTestRandomBytes } from '../../support/random.ts'
import { aChange } from '../change-rows/change-for-tests.ts'
import { judge, type SendOutcome, type Verdict } from './judge-answer.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'

const clock = createTestClock()
const parts = { clock, randomBytes: createTestRandomBytes() }
const request = 'PATCH /v2/tasks/:id'
const api = (status: number, retryAt?: number, isFromAttio = true): AttioFailure =>
  new AttioApiError({
    request,
    status,
    type: 't',
    code: 'c',
    attioMessage: 'No.',
    retryAt,
    isFromAttio,
  })
const notFound = (kind: string, id: string): AttioFailure =>
  new AttioApiError({
    request,
    status: 404,
    type: 'invalid_request_error',
    code: 'not_found',
    attioMessage: 'Could not find it.',
    subject: { kind, id },
  })
const failed = (failure: AttioFailure): AttioOutcome<SendOutcome> => ({
  kind: 'unreachable',
  failure,
  retryAt: undefined,
})
const judged = (outcome: AttioOutcome<SendOutcome>, change: Partial<StoredChange> = {}): Verdict =>
  judge(parts, aChange(change), outcome)

suite('RL-18 judging an answer to a change', () => {
  for (const status of [400, 405, 409, 410, 413, 415, 422]) {
    test(`an answer ${status} fails the change with Attio’s message`, () => {
      assert.deepEqual(judged(failed(api(status))), {
        kind: 'failed',
        problem: { kind: 'refused', status, said: 'No.' },
      })
    })
  }

  test('a 404 about the task means that it is gone, and a 403 fails with Attio’s message', () => {
    const gone = { kind: 'failed', problem: { kind: 'gone' } } as const
    assert.deepEqual(judged(failed(notFound('task', aChange({}).taskId))), gone)
    const problem = { kind: 'forbidden', said: 'Scope.' } as const
    assert.deepEqual(judged({ kind: 'forbidden', said: 'Scope.' }), { kind: 'failed', problem })
  })

  test('a 404 about a linked object fails the change but does not mean that the task is gone', () => {
    const verdict = judged(failed(notFound('object', 'deals')))
    assert.ok(verdict.kind === 'failed' && verdict.problem.kind === 'refused')
  })

  test('an error that Attio did not write is retried', () => {
    for (const status of [400, 403, 404, 409, 410]) {
      const verdict = judged(failed(api(status, undefined, false)), { unclearAnswers: 3 })
      assert.ok(verdict.kind === 'again' && verdict.unclearAnswers === 4, String(status))
    }
  })

  test('RL-02 a rate-limited change waits exactly as long as Attio says and counts as unsent', () => {
    const at = clock.now() + 61_000
    assert.deepEqual(judged(failed(api(429, at))), {
      kind: 'again',
      at,
      isUnsent: true,
      unclearAnswers: 0,
    })
  })

  for (const [what, failure] of [
    ['a broken connection', new AttioNetworkError(request, 'reset')],
    ['silence', new AttioTimeoutError(request, 10_000)],
    ['503', api(503)],
    ['502', api(502)],
    ['504', api(504)],
  ] as const) {
    test(`RL-07 after ${what} a change is retried without end and counts as possibly applied`, () => {
      for (const attempts of [1, 2, 10, 10_000]) {
        const verdict = judged(failed(failure), { attempts, unclearAnswers: 19 })
        assert.ok(verdict.kind === 'again' && !verdict.isUnsent)
        assert.ok(verdict.at > clock.now() && verdict.at <= clock.now() + 30_000)
        assert.equal(verdict.unclearAnswers, 19)
      }
    })
  }

  test('RL-10 a change that keeps getting Attio’s own errors fails where the person sees it', () => {
    for (const failure of [api(500), new AttioResponseError(request, 'data', 'a task')]) {
      const again = judged(failed(failure), { unclearAnswers: 3 })
      assert.ok(again.kind === 'again' && again.unclearAnswers === 4)
      assert.equal(judged(failed(failure), { unclearAnswers: 20 }).kind, 'failed')
    }
  })

  test('a change of a seat that has ended fails, because no one may send it any more', () => {
    assert.deepEqual(judged({ kind: 'not-found' }), {
      kind: 'failed',
      problem: { kind: 'forbidden', said: '' },
    })
  })

  test('a change counts as unsent without permission, without a key or with an open circuit breaker', () => {
    const spared = new AttioUnavailableError(request, 'spared', { retryAt: clock.now() + 40_000 })
    for (const outcome of [
      { kind: 'needs-reconnect' },
      { kind: 'locked' },
      failed(spared),
      failed(api(401)),
    ] as const) {
      const verdict = judged(outcome)
      assert.ok(verdict.kind === 'again' && verdict.isUnsent, outcome.kind)
    }
    const verdict = judged(failed(spared))
    assert.ok(verdict.kind === 'again' && verdict.at >= clock.now() + 40_000)
  })

  test('RL-04 retry pauses grow to half a minute, and half of each is random', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 50].map((attempts) => {
      const verdict = judged(failed(api(503)), { attempts })
      assert.ok(verdict.kind === 'again')
      return verdict.at - clock.now()
    })
    for (const [at, ceiling] of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000].entries()) {
      const pause = pauses[at] ?? 0
      assert.ok(pause >= ceiling / 2 && pause <= ceiling, `${pause} of ${ceiling}`)
    }
  })
})
