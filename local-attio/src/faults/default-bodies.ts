// Attio's likely error body per status, for faults without their own body.
import { AttioError } from '../api/requests/errors.ts'

export function defaultBody(status: number, path: string): unknown {
  if (path.startsWith('/oauth/')) {
    return { error: status < 500 ? 'invalid_request' : 'server_error' }
  }
  return errorOf(status).toBody()
}

function errorOf(status: number): AttioError {
  switch (status) {
    case 401:
      return new AttioError(
        401,
        'auth_error',
        'unauthorized',
        'The API Key provided could not be found. This is most commonly caused by the token having been revoked.',
      )
    case 403:
      return new AttioError(
        403,
        'auth_error',
        'unauthorized',
        'This access token is not allowed to do that.',
      )
    case 404:
      return new AttioError(404, 'invalid_request_error', 'not_found', 'Not found.')
    case 429:
      return new AttioError(
        429,
        'rate_limit_error',
        'rate_limit_exceeded',
        'Rate limit exceeded, please try again later',
      )
    default:
      return status < 500
        ? new AttioError(
            status,
            'invalid_request_error',
            'validation_type',
            'A fault that was asked for.',
          )
        : new AttioError(status, 'api_error', 'internal_error', 'A fault that was asked for.')
  }
}
