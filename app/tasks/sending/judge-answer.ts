// Decides what an answer from Attio means for a change: finished, failed, or to be sent again and when.
import { attioSaysGone, type AttioFailure } from '@taskr/attio'
import type { AttioOutcome } from '../../connections/connections.ts'
import { backOffMs } from '../../work/work.ts'
import type { ChangeProblem } from '../change-rows/change.ts'
import type { MirroredTask } from '../rows/task-row.ts'
import type { ChangeParts } from '../change-parts.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'

/** How sending ended; a finished change is already saved as such. */
export type SendOutcome =
  | { readonly kind: 'finished' }
  | Failed
  /** Nothing was sent; the change is due again at `at`. */
  | { readonly kind: 'later'; readonly at: number }

export interface Failed {
  readonly kind: 'failed'
  readonly problem: ChangeProblem
  /** Tasks that were hidden because this change might have created them. */
  readonly alsoSeen?: readonly MirroredTask[]
}

export type Verdict =
  | { readonly kind: 'finished' }
  | Failed
  | {
      readonly kind: 'again'
      readonly at: number
      /** True when Attio certainly did not apply the change. */
      readonly isUnsent: boolean
      readonly unclearAnswers: number
    }

/** After this many such answers, in a row or not, the change fails where the person sees it (RL-10). */
const mostUnclearAnswers = 20
const pause = { firstMs: 1_000, longestMs: 30_000 } as const
const pauseAfterTimeoutMs = 5_000
const pauseWithoutTrustMs = 300_000

export function judge(
  parts: Pick<ChangeParts, 'clock' | 'randomBytes'>,
  change: StoredChange,
  outcome: AttioOutcome<SendOutcome>,
): Verdict {
  const again = (atLeastMs: number, isUnsent: boolean, unclear = 0): Verdict => ({
    kind: 'again',
    at:
      parts.clock.now() +
      Math.max(atLeastMs, backOffMs(parts.randomBytes, pause, change.attempts - 1)),
    isUnsent,
    unclearAnswers: change.unclearAnswers + unclear,
  })
  switch (outcome.kind) {
    case 'ok':
      return outcome.value.kind === 'later'
        ? again(outcome.value.at - parts.clock.now(), false)
        : outcome.value
    case 'forbidden':
      return { kind: 'failed', problem: { kind: 'forbidden', said: outcome.said } }
    case 'needs-reconnect':
      return again(pauseWithoutTrustMs, true)
    // The account's seat ended while a worker had the change.
    case 'not-found':
      return { kind: 'failed', problem: { kind: 'forbidden', said: '' } }
    case 'locked':
      return again(pause.longestMs, true)
    case 'unreachable':
      return judgeFailure(parts, change, outcome.failure, again)
  }
}

function judgeFailure(
  parts: Pick<ChangeParts, 'clock'>,
  change: StoredChange,
  failure: AttioFailure,
  again: (atLeastMs: number, isUnsent: boolean, unclear?: number) => Verdict,
): Verdict {
  switch (failure.kind) {
    case 'network':
      return again(0, false)
    case 'timeout':
      return again(pauseAfterTimeoutMs, false)
    case 'unavailable':
      return again(failure.retryAt === undefined ? 0 : failure.retryAt - parts.clock.now(), true)
    case 'response':
    case 'too-large':
      return change.unclearAnswers < mostUnclearAnswers
        ? again(0, false, 1)
        : { kind: 'failed', problem: { kind: 'refused', status: 200, said: '' } }
    case 'api': {
      const { status, attioMessage: said, retryAt } = failure
      // A rate-limited change waits exactly as long as Attio says (RL-02).
      if (status === 429) {
        const at = retryAt ?? parts.clock.now() + pause.firstMs
        return { kind: 'again', at, isUnsent: true, unclearAnswers: change.unclearAnswers }
      }
      if (attioSaysGone(failure, { kind: 'task', id: change.taskId })) {
        return { kind: 'failed', problem: { kind: 'gone' } }
      }
      const waitMs = retryAt === undefined ? 0 : retryAt - parts.clock.now()
      if (status === 401) return again(waitMs, true)
      if (status === 408 || status === 502 || status === 503 || status === 504) {
        return again(waitMs, false)
      }
      // An error that Attio did not write proves nothing.
      const isUnclear = status >= 500 || !failure.isFromAttio
      if (isUnclear && change.unclearAnswers < mostUnclearAnswers) {
        return again(waitMs, false, 1)
      }
      return { kind: 'failed', problem: { kind: 'refused', status, said } }
    }
  }
}
