// The errors of a failed call to Attio. None of them holds a token or a body.
import type { ErrorSubject } from './wire/error-subject.ts'

/** One entry of Attio's `validation_errors`: the place in the request and the problem. */
export interface ValidationError {
  readonly code: string
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** The base class of all Attio errors. `request` is method and path, for example `GET /v2/tasks`. */
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
 * An answer with an error status. When `isFromAttio` is true, `code` and `type` are Attio's words
 * (`not_found`, `rate_limit_exceeded`, …). Otherwise the body was not an Attio error body: a gateway may
 * have answered, and the outcome is unknown. See `attioSaysGone`.
 */
export class AttioApiError extends AttioError {
  override readonly name = 'AttioApiError'
  override readonly kind = 'api'
  /** HTTP status. */
  readonly status: number
  readonly isFromAttio: boolean
  /** The resource that Attio could not find, when the message names it. */
  readonly subject: ErrorSubject | undefined
  /** `unknown` when the answer does not say. */
  readonly type: string
  /** `unknown` when the answer does not say. */
  readonly code: string
  /** Attio's message, at most 500 characters; empty when there was none. */
  readonly attioMessage: string
  /** Attio's `x-attio-execution-id`, to quote in a support request. */
  readonly executionId: string | undefined
  /** Attio asks for no calls before this instant (milliseconds since 1970). */
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

/** No answer: the connection was refused or reset, Attio redirected, or its name did not resolve. `cause` is fetch's error. */
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

/** An answer whose shape is not the documented one, or that is too deep or too long to be checked. */
export class AttioResponseError extends AttioError {
  override readonly name = 'AttioResponseError'
  override readonly kind = 'response'
  readonly code = 'response'
  /** Dotted path inside the body, for example `data.0.created_at`; empty for the whole body. */
  readonly path: string
  readonly expectation: string

  constructor(request: string, path: string, expectation: string) {
    super(request, `unexpected answer from Attio${path && ` at ${path}`}: ${expectation}`)
    this.path = path
    this.expectation = expectation
  }
}

/** An answer larger than `maxBodyBytes`. Request less: a smaller page, or one item at a time. */
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

/** The request was not sent: the circuit breaker is open, or the rate limiter gave no permit. */
export class AttioUnavailableError extends AttioError {
  override readonly name = 'AttioUnavailableError'
  override readonly kind = 'unavailable'
  readonly code = 'unavailable'
  /** The earliest useful retry (milliseconds since 1970). */
  readonly retryAt: number | undefined

  constructor(request: string, why: string, options: ErrorOptions & { retryAt?: number } = {}) {
    super(request, `not sent: ${why}`, options)
    this.retryAt = options.retryAt
  }
}

/** Every failure of a call; switch on `kind`. */
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
