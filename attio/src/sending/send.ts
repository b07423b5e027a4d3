// Sends a request until there is an answer or no reason to try again, and reads the answer.
import type { z } from 'zod'
import type { ReadAccessToken } from '../http/access-token.ts'
import type { Failed } from './attempt.ts'
import { createAttemptInTurn } from './guarded-attempt.ts'
import { addressOf, type Query } from '../http/endpoints.ts'
import { AttioApiError } from '../errors.ts'
import { accessOf, type Pace } from './rate-limiter.ts'
import { createPause } from './rate-limit-pause.ts'
import { type Answer, type ExchangeLimits, type Method, nameOf } from '../http/exchange.ts'
import type { AttioRestraint } from './shared-back-off.ts'
import { decideRetry } from './retry-decision.ts'
import { parseInstant } from '../wire/instants.ts'
import { readBodyAs } from '../wire/read-body.ts'

export interface AttioRequest<T> {
  readonly method: Method
  /** Path segments, for example `['v2', 'tasks', taskId]`. */
  readonly path: readonly string[]
  readonly query?: Query
  readonly body?: unknown
  /** The form of the whole answer. */
  readonly answer: z.ZodType<T>
  /** Set for a POST that only reads, and so may be repeated. */
  readonly isRead?: boolean
}

export interface Received<T> {
  readonly body: T
  /** When Attio says the answer was true (`x-accurate-at`), in milliseconds since 1970. */
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
  readonly restraint: AttioRestraint
  readonly pace?: Pace | undefined
}

export function createSend(settings: SendSettings): Send {
  const { now, wait, random, attempts, maxWaitMs, restraint, signal } = settings
  const pause = createPause(restraint.pause, settings)
  const attemptInTurn = createAttemptInTurn(settings)

  return async function send<T>(request: AttioRequest<T>): Promise<Received<T>> {
    const { method, body, answer: schema } = request
    const url = addressOf(settings.api, request.path, request.query)
    const name = nameOf({ method, url })
    const isRepeatable = method !== 'POST' || request.isRead === true
    const access = accessOf(request)

    const attemptAndDecide = async (attempt: number, isHeldBack: () => boolean) => {
      const outcome = await attemptInTurn({ method, url, body, access }, isHeldBack)
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
    restraint.budget.earn()
    /** Of an attempt that may have had its effect: no later one makes that undone. */
    let unclear: Error | undefined
    for (let attempt = 1; ;) {
      const outcome = await pause.pass({
        attempt: (isHeldBack) => attemptAndDecide(attempt, isHeldBack),
        beganAt,
        tooLong: (until) => unclear ?? toldToWait(name, until),
      })
      if (outcome.kind === 'answered') return receive(name, outcome.answer, schema)
      if (outcome.kind === 'held-back') continue
      if (outcome.kind === 'not-sent') throw unclear ?? outcome.error
      if (unclear !== undefined && method === 'DELETE' && hasStatus(outcome, 404)) {
        return { body: schema.parse({}) } // our own earlier attempt did it
      }
      const { decision } = outcome
      const failure = outcome.error(decision.retryAt)
      if (decision.kind === 'stop') throw failure
      attempt += 1
      if (hasStatus(outcome, 429)) continue // not processed; `pause` does the waiting
      if (!restraint.budget.spend()) throw failure
      unclear = failure
      await wait(decision.ms, signal)
    }
  }
}

function hasStatus({ failure }: Failed, status: number): boolean {
  return failure.kind === 'status' && failure.status === status
}

function receive<T>(name: string, answer: Answer, schema: z.ZodType<T>): Received<T> {
  const body = readBodyAs(name, answer.text === '' ? '{}' : answer.text, schema)
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
