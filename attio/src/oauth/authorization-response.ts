// Reads the redirect from Attio. Every part of it may be forged and is checked before any request is
// sent. Sources: RFC 6749 §4.1.2, RFC 9207, docs.attio.com/docs/oauth/authorize
import { validateAuthResponse } from 'oauth4webapi'
import type { AttioEndpoints } from '../http/endpoints.ts'
import { authorizationServerAt } from './authorization-server.ts'

export interface AuthorizationResponseCheck {
  readonly endpoints?: AttioEndpoints
  readonly clientId: string
  /** The state of this session's authorization request. */
  readonly expectedState: string
  /** The required `iss`, when the response has one; default the app endpoint's origin. Attio sends none. */
  readonly issuer?: string
}

/** An error code of RFC 6749 §4.1.2.1, or `unrecognized`. The error's description is never passed on. */
export type AuthorizationErrorCode = (typeof errorCodes)[number] | 'unrecognized'

export type InvalidReason =
  | 'duplicate-parameter'
  | 'malformed-parameter'
  | 'state-missing'
  | 'state-mismatch'
  | 'foreign-issuer'
  | 'code-and-error'
  | 'neither-code-nor-error'
  | 'unsupported-response'

export type AuthorizationResponse =
  | { readonly kind: 'code'; readonly code: string; readonly state: string }
  | { readonly kind: 'refused'; readonly error: AuthorizationErrorCode; readonly state: string }
  | { readonly kind: 'invalid'; readonly reason: InvalidReason }

const errorCodes = [
  'access_denied',
  'invalid_request',
  'unauthorized_client',
  'unsupported_response_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
] as const

const protocolParameters = [
  'code',
  'state',
  'error',
  'error_description',
  'error_uri',
  'iss',
  'response',
  'id_token',
  'token',
  'access_token',
]

/** Visible ASCII and space (RFC 6749 appendix A), with a generous maximum length. */
const parameterForm = /^[\x20-\x7e]{1,2048}$/

/**
 * Returns the state of a response, to find its authorization request; undefined when it is absent,
 * repeated or malformed. It proves nothing yet. For apps that store only a hash of the state and so
 * cannot know it in advance.
 *
 * @example
 * const state = findResponseState(new URL(request.url).searchParams)
 * if (state !== undefined) await store(state)
 */
export function findResponseState(parameters: URLSearchParams): string | undefined {
  const [state, ...more] = parameters.getAll('state')
  return state !== undefined && more.length === 0 && parameterForm.test(state) ? state : undefined
}

/**
 * Reads an authorization response. `code`: continue with `requestAccessToken`. `refused`: the person or
 * Attio denied access. `invalid`: not a response to our request; discard it and let the person start
 * again. Never throws on a hostile response.
 *
 * @example
 * const response = readAuthorizationResponse(new URL(request.url).searchParams, {
 *   clientId,
 *   expectedState,
 * })
 * if (response.kind === 'code') await connect(response.code)
 */
export function readAuthorizationResponse(
  parameters: URLSearchParams,
  check: AuthorizationResponseCheck,
): AuthorizationResponse {
  const { clientId, expectedState } = check
  const server = authorizationServerAt(check.endpoints)
  const issuer = check.issuer ?? server.issuer
  const reason = findFlaw(parameters, { expectedState, issuer })
  if (reason !== undefined) return { kind: 'invalid', reason }

  const error = parameters.get('error')
  if (error !== null) return { kind: 'refused', error: knownError(error), state: expectedState }
  try {
    const client = { client_id: clientId }
    const valid = validateAuthResponse({ ...server, issuer }, client, parameters, expectedState)
    return { kind: 'code', code: valid.get('code') ?? '', state: expectedState }
  } catch {
    // The library's errors quote the parameters.
    return { kind: 'invalid', reason: 'unsupported-response' }
  }
}

function findFlaw(
  parameters: URLSearchParams,
  { expectedState, issuer }: { readonly expectedState: string; readonly issuer: string },
): InvalidReason | undefined {
  const given = (name: string) => parameters.getAll(name)
  if (protocolParameters.some((name) => given(name).length > 1)) return 'duplicate-parameter'
  const [state] = given('state')
  if (state === undefined || state === '') return 'state-missing'
  if (state !== expectedState) return 'state-mismatch'
  const [iss] = given('iss')
  if (iss !== undefined && iss !== issuer) return 'foreign-issuer'
  const [[code], [error]] = [given('code'), given('error')]
  if (code !== undefined && error !== undefined) return 'code-and-error'
  const answer = code ?? error
  if (answer === undefined) return 'neither-code-nor-error'
  return parameterForm.test(answer) ? undefined : 'malformed-parameter'
}

function knownError(error: string): AuthorizationErrorCode {
  return errorCodes.find((code) => code === error) ?? 'unrecognized'
}
