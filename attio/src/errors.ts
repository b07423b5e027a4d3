// The five ways a call to Attio fails. None of them carries a token or a body.

/** One entry of Attio's `validation_errors`: where in the request, and what was wrong there. */
export interface ValidationError {
  readonly code: string
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** What the five have in common. `request` is method and path, for example `GET /v2/tasks`. */
export abstract class AttioError extends Error {
  abstract readonly kind: 'api' | 'network' | 'timeout' | 'response' | 'unavailable'
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
  readonly executionId?: string | undefined
  readonly retryAt?: number | undefined
  readonly validationErrors?: readonly ValidationError[]
}

/**
 * Attio answered, and the answer is no. `code` and `type` are Attio's words (`not_found`,
 * `rate_limit_exceeded`, ...), or `unknown` when the body was not one of Attio's error bodies.
 */
export class AttioApiError extends AttioError {
  override readonly name = 'AttioApiError'
  override readonly kind = 'api'
  /** HTTP status. */
  readonly status: number
  readonly type: string
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
    this.type = details.type
    this.code = code
    this.attioMessage = attioMessage
    this.executionId = details.executionId
    this.retryAt = details.retryAt
    this.validationErrors = details.validationErrors ?? []
  }
}

/** No answer: refused, reset, unresolved, redirected. `cause` is what fetch said. */
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

/** An answer that is not what Attio documents: where, and what was expected there. */
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

/** Not sent: Attio failed several times in a row and is spared, or `pace` found no way. */
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
  | AttioUnavailableError

/**
 * True for the five errors above, false for programming errors and aborts.
 *
 * @example
 * const task = await client.tasks.get('unknown').catch((error) => {
 *   if (isAttioFailure(error) && error.kind === 'api' && error.status === 404) return undefined
 *   throw error
 * })
 */
export function isAttioFailure(error: unknown): error is AttioFailure {
  return (
    error instanceof AttioApiError ||
    error instanceof AttioNetworkError ||
    error instanceof AttioTimeoutError ||
    error instanceof AttioResponseError ||
    error instanceof AttioUnavailableError
  )
}
