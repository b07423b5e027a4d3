// Runs one attempt with a token, and returns an answer or a failure with its error.
import { withoutToken } from '../http/access-token.ts'
import { AttioApiError, AttioNetworkError, AttioTimeoutError } from '../errors.ts'
import {
  type Answer,
  exchange,
  type ExchangeLimits,
  type Method,
  nameOf,
} from '../http/exchange.ts'
import { readErrorBody } from './error-body.ts'
import type { FailedAttempt } from './retry-decision.ts'

export type Outcome = { readonly kind: 'answered'; readonly answer: Answer } | Failed

export interface Failed {
  readonly kind: 'failed'
  readonly failure: FailedAttempt
  readonly error: (
    retryAt: number | undefined,
  ) => AttioApiError | AttioNetworkError | AttioTimeoutError
}

export interface Attempt {
  readonly method: Method
  readonly url: URL
  readonly token: string
  /** Sent as JSON. */
  readonly body?: unknown
}

export async function attemptOnce(
  { method, url, token, body }: Attempt,
  limits: ExchangeLimits,
): Promise<Outcome> {
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const request = { method, url, headers, body: body === undefined ? body : JSON.stringify(body) }
  try {
    const answer = await exchange(request, limits)
    if (answer.status >= 200 && answer.status < 300) return { kind: 'answered', answer }
    return await refused(nameOf(request), answer, token)
  } catch (error) {
    if (error instanceof AttioNetworkError) {
      return { kind: 'failed', failure: { kind: 'network' }, error: () => error }
    }
    if (error instanceof AttioTimeoutError) {
      return { kind: 'failed', failure: { kind: 'timeout' }, error: () => error }
    }
    throw error
  }
}

async function refused(
  request: string,
  { status, headers, text }: Answer,
  token: string,
): Promise<Failed> {
  const retryAfter = headers.get('retry-after')
  const body = await readErrorBody(text, { status, token })
  const executionId = withoutToken(headers.get('x-attio-execution-id') ?? '', token) || undefined
  const { isFromAttio } = body
  return {
    kind: 'failed',
    failure: { kind: 'status', status, isFromAttio, retryAfter, date: headers.get('date') },
    error: (retryAt) => new AttioApiError({ ...body, request, status, executionId, retryAt }),
  }
}
