// Sends a request, retries it where that is safe and useful, and reads the answer.
import type { ReadAccessToken } from '../http/access-token.ts'
import type { Failed } from './attempt.ts'
import { createGuardedAttempt } from './guarded-attempt.ts'
import { addressOf, type Query } from '../http/endpoints.ts'
import { type AttioSubject, attioSaysGone } from '../attio-says.ts'
import { AttioApiError, AttioResponseError } from '../errors.ts'
import { accessOf, type RateLimiter } from './rate-limiter.ts'
import { createRateLimitPause, type RateLimitPauses } from './rate-limit-pause.ts'
import { type Answer, type ExchangeLimits, type Method, nameOf } from '../http/exchange.ts'
import type { SharedBackOff } from './shared-back-off.ts'
import { decideRetry } from './retry-decision.ts'
import { oneTurn } from '../http/turns.ts'
import type { AnswerSchema } from '../wire/envelope.ts'
import { parseInstant } from '../wire/instants.ts'
import { readAnswerAs } from '../wire/read-body.ts'

export interface AttioRequest<T> {
  readonly method: Method
  /** Path segments, for example `['v2', 'tasks', taskId]`. */
  readonly path: readonly string[]
  readonly query?: Query
  readonly body?: unknown
  readonly answer: AnswerSchema<T>
  /** True for a POST that only reads and so may be retried. */
  readonly isRead?: boolean
  /** True to send the request once, without waiting for a pause: the caller decides on a retry. */
  readonly isOnce?: boolean
  /** The resource of a DELETE: a retry that finds it gone has succeeded. */
  readonly deletes?: AttioSubject
}

export interface Received<T> {
  readonly body: T
  /** When Attio says it read the data (`x-accurate-at`), in milliseconds since 1970. */
  readonly accurateAt?: number
}

export type Send = <T>(request: AttioRequest<T>) => Promise<Received<T>>

export interface SendSettings extends ExchangeLimits {
  readonly api: string
  readonly readAccessToken: ReadAccessToken
  readonly now: () => number
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly random: () => number
  readonly attempts: number
  readonly maxWaitMs: number
  readonly sharedBackOff: SharedBackOff
  readonly pauses: RateLimitPauses
  /** Names the token in `pauses`. */
  readonly tokenKey: string
  readonly rateLimiter?: RateLimiter | undefined
}

export function createSend(settings: SendSettings): Send {
  const { now, wait, random, pauses, sharedBackOff, tokenKey, signal } = settings
  const guardedAttempt = createGuardedAttempt(settings)

  return async function send<T>(request: AttioRequest<T>): Promise<Received<T>> {
    const { method, body, answer: answerOf } = request
    const url = addressOf(settings.api, request.path, request.query)
    const name = nameOf({ method, url })
    const isRepeatable = method !== 'POST' || request.isRead === true
    const access = accessOf(request)
    const key = `${tokenKey} ${access} ${endpointGroupOf(request.path)}`
    const { attempts, maxWaitMs } = request.isOnce === true ? once : settings
    const pause = createRateLimitPause(pauses, key, { ...settings, maxWaitMs })

    const attemptAndDecide = async (attempt: number, isPaused: () => boolean) => {
      const outcome = await guardedAttempt({ method, url, body, access }, isPaused)
      if (outcome.kind !== 'failed') return outcome
      const { failure } = outcome
      const situation = { failure, attempt, attempts, isRepeatable, maxWaitMs }
      const decision = decideRetry({ ...situation, now: now(), random: random() })
      if (hasStatus(outcome, 429)) {
        const ms = decision.kind === 'wait' ? decision.ms : 0
        pause.begin(decision.retryAt ?? now() + ms)
      }
      return { ...outcome, decision }
    }

    const beganAt = now()
    sharedBackOff.retryBudget.earn()
    /** The error of an earlier attempt that may have taken effect. A later error does not undo that. */
    let unclear: Error | undefined
    for (let attempt = 1; ;) {
      const outcome = await pause.run({
        attempt: (isPaused) => attemptAndDecide(attempt, isPaused),
        beganAt,
        tooLong: (until) => unclear ?? toldToWait(name, until),
      })
      if (outcome.kind === 'answered') {
        return await receive(name, outcome.answer, answerOf, request.deletes !== undefined)
      }
      if (outcome.kind === 'paused') continue
      if (outcome.kind === 'not-sent') throw unclear ?? outcome.error
      const { decision } = outcome
      const failure = outcome.error(decision.retryAt)
      if (unclear !== undefined && request.deletes && attioSaysGone(failure, request.deletes)) {
        return { body: answerOf(oneTurn).parse({}) } // the earlier attempt deleted it
      }
      if (decision.kind === 'stop') throw failure
      attempt += 1
      if (hasStatus(outcome, 429)) continue // not processed; `pauses` does the waiting
      if (!sharedBackOff.retryBudget.spend()) throw failure
      unclear = failure
      await wait(decision.ms, signal)
    }
  }
}

const once = { attempts: 1, maxWaitMs: 0 }

/** Returns the group of endpoints that a path belongs to, without ids and slugs. */
function endpointGroupOf([, resource = '', , part]: readonly string[]): string {
  return part === undefined ? resource : `${resource}/${part}`
}

function hasStatus({ failure }: Failed, status: number): boolean {
  return failure.kind === 'status' && failure.status === status
}

/**
 * Attio answers a delete with 200. Another 2xx proves nothing, and the caller may repeat the delete: Attio
 * then says that the resource is gone.
 */
async function receive<T>(
  name: string,
  answer: Answer,
  schema: AnswerSchema<T>,
  isDelete: boolean,
): Promise<Received<T>> {
  if (isDelete && answer.status !== 200) {
    throw new AttioResponseError(name, '', 'expected status 200')
  }
  const body = await readAnswerAs(name, answer.text, schema)
  const accurateAt = parseInstant(answer.headers.get('x-accurate-at') ?? '')
  return accurateAt === undefined ? { body } : { body, accurateAt }
}

function toldToWait(request: string, retryAt: number): AttioApiError {
  return new AttioApiError({
    request,
    retryAt,
    status: 429,
    type: 'rate_limit_error',
    code: 'rate_limit_exceeded',
    attioMessage: 'not sent: Attio asked this client to wait',
  })
}
