// The ways a call to Attio fails. None of them carries a token or a body.
import type { ErrorSubject } from './wire/error-subject.ts'

/** One entry of Attio's `validation_errors`: where in the request, and what was wrong there. */
export interface ValidationError {
  readonly code: string
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** The base class of all of them. `request` is method and path, for example `GET /v2/tasks`. */
export abstract class AttioError extends Error {
  abstract readonly kind: 'api' | 'network' | 'timeout' | 'response' | 'too-large' | 'unavailable'
  readonly request: string

  constructor(request: string, message: string, options?: ErrorOptions) {
    super(`${request}: ${message}`, options)
    this.request = request
  }
}

export interface AttioApiErrorDetails {
  readonly request: string
  readonly status: number
  readonly type: string
  readonly code: string
  readonly attioMessage: string
  /** Default true. */
  readonly isFromAttio?: boolean
  readonly subject?: ErrorSubject | undefined
  readonly executionId?: string | undefined
  readonly retryAt?: number | undefined
  readonly validationErrors?: readonly ValidationError[]
}

/**
 * An answer with an error status. With `isFromAttio`, `code` and `type` are Attio's words (`not_found`,
 * `rate_limit_exceeded`, …). Without it, the body was not one of Attio's error bodies, and a gateway on
 * the way may have answered: the outcome is then unknown. See `attioSaysGone`.
 */
export class AttioApiError extends AttioError {
  override readonly name = 'AttioApiError'
  override readonly kind = 'api'
  /** HTTP status. */
  readonly status: number
  readonly isFromAttio: boolean
  /** What Attio could not find, when it says so. */
  readonly subject: ErrorSubject | undefined
  /** `unknown` when the answer does not say. */
  readonly type: string
  /** `unknown` when the answer does not say. */
  readonly code: string
  /** Attio's own sentence, at most 500 characters; empty when there was none. */
  readonly attioMessage: string
  /** Attio's `x-attio-execution-id`, to quote in a support request. */
  readonly executionId: string | undefined
  /** Attio asked not to be called before this instant (milliseconds since 1970). */
  readonly retryAt: number | undefined
  readonly validationErrors: readonly ValidationError[]

  constructor(details: AttioApiErrorDetails) {
    const { request, status, code, attioMessage } = details
    super(request, `Attio answered ${status} ${code}${attioMessage && `: ${attioMessage}`}`)
    this.status = status
    this.isFromAttio = details.isFromAttio ?? true
    this.subject = details.subject
    this.type = details.type
    this.code = code
    this.attioMessage = attioMessage
    this.executionId = details.executionId
    this.retryAt = details.retryAt
    this.validationErrors = details.validationErrors ?? []
  }
}

/** No answer: the connection was refused, reset or redirected, or the name did not resolve. `cause` is fetch's error. */
export class AttioNetworkError extends AttioError {
  override readonly name = 'AttioNetworkError'
  override readonly kind = 'network'
  readonly code = 'network'

  constructor(request: string, cause: unknown) {
    super(request, 'the connection to Attio failed', { cause })
  }
}

/** No complete answer within the deadline, body included. */
export class AttioTimeoutError extends AttioError {
  override readonly name = 'AttioTimeoutError'
  override readonly kind = 'timeout'
  readonly code = 'timeout'
  readonly deadlineMs: number

  constructor(request: string, deadlineMs: number) {
    super(request, `no complete answer from Attio within ${deadlineMs} ms`)
    this.deadlineMs = deadlineMs
  }
}

/** An answer that does not have the documented form. */
export class AttioResponseError extends AttioError {
  override readonly name = 'AttioResponseError'
  override readonly kind = 'response'
  readonly code = 'response'
  /** Dotted path inside the body, for example `data.0.created_at`; empty for the whole. */
  readonly path: string
  readonly expectation: string

  constructor(request: string, path: string, expectation: string) {
    super(request, `unexpected answer from Attio${path && ` at ${path}`}: ${expectation}`)
    this.path = path
    this.expectation = expectation
  }
}

/** An answer larger than `maxBodyBytes`. Ask for less: a smaller page, or one item at a time. */
export class AttioTooLargeError extends AttioError {
  override readonly name = 'AttioTooLargeError'
  override readonly kind = 'too-large'
  readonly code = 'too-large'
  readonly maxBodyBytes: number

  constructor(request: string, maxBodyBytes: number) {
    super(request, `the answer is larger than ${maxBodyBytes} bytes`)
    this.maxBodyBytes = maxBodyBytes
  }
}

/** Not sent: the circuit breaker is open, or the rate limiter gave no permit. */
export class AttioUnavailableError extends AttioError {
  override readonly name = 'AttioUnavailableError'
  override readonly kind = 'unavailable'
  readonly code = 'unavailable'
  /** When it is worth trying again (milliseconds since 1970). */
  readonly retryAt: number | undefined

  constructor(request: string, why: string, options: ErrorOptions & { retryAt?: number } = {}) {
    super(request, `not sent: ${why}`, options)
    this.retryAt = options.retryAt
  }
}

/** Every failure a call can end in; switch on `kind`. */
export type AttioFailure =
  | AttioApiError
  | AttioNetworkError
  | AttioTimeoutError
  | AttioResponseError
  | AttioTooLargeError
  | AttioUnavailableError

/**
 * True for the errors above, false for programming errors and aborts.
 *
 * @example
 * const tasks = await client.tasks.list().catch((error) => {
 *   if (isAttioFailure(error) && error.kind === 'network') return undefined
 *   throw error
 * })
 */
export function isAttioFailure(error: unknown): error is AttioFailure {
  return (
    error instanceof AttioApiError ||
    error instanceof AttioNetworkError ||
    error instanceof AttioTimeoutError ||
    error instanceof AttioResponseError ||
    error instanceof AttioTooLargeError ||
    error instanceof AttioUnavailableError
  )
}
