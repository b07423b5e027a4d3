// The errors of Attio's API, which share one shape. Messages that no recording shows are marked
// "assumed".

export type ErrorType = 'invalid_request_error' | 'auth_error' | 'rate_limit_error' | 'api_error'

/** One element of `validation_errors`. */
export type ValidationError = {
  readonly code: string
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly expected?: string
  readonly received?: string
  readonly options?: readonly string[]
}

type Details = {
  readonly validationErrors?: readonly ValidationError[]
  readonly headers?: Readonly<Record<string, string>>
}

/** An error answer of Attio's API. The router renders it. */
export class AttioError extends Error {
  override readonly name = 'AttioError'
  readonly status: number
  readonly type: ErrorType
  readonly code: string
  readonly details: Details

  constructor(
    status: number,
    type: ErrorType,
    code: string,
    message: string,
    details: Details = {},
  ) {
    super(message)
    this.status = status
    this.type = type
    this.code = code
    this.details = details
  }

  /** Returns the body as it is sent. */
  toBody(): Readonly<Record<string, unknown>> {
    const { validationErrors } = this.details
    return {
      status_code: this.status,
      type: this.type,
      code: this.code,
      message: this.message,
      ...(validationErrors && { validation_errors: validationErrors }),
    }
  }
}

export function refuse(code: string, message: string, details?: Details): AttioError {
  return new AttioError(400, 'invalid_request_error', code, message, details)
}

export function notFound(message: string): AttioError {
  return new AttioError(404, 'invalid_request_error', 'not_found', message)
}

export function conflict(code: string, message: string): AttioError {
  return new AttioError(409, 'invalid_request_error', code, message)
}

export function unauthorized(message: string): AttioError {
  return new AttioError(401, 'auth_error', 'unauthorized', message)
}

export function forbidden(message: string): AttioError {
  return new AttioError(403, 'auth_error', 'unauthorized', message)
}

export function rateLimited(retryAt: number): AttioError {
  return new AttioError(
    429,
    'rate_limit_error',
    'rate_limit_exceeded',
    'Rate limit exceeded, please try again later',
    { headers: { 'retry-after': new Date(retryAt).toUTCString() } },
  )
}

export function unknownEndpoint(method: string, path: string): AttioError {
  return notFound(`Could not find endpoint "${method} ${path}".`)
}
