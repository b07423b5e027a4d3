// Revokes an access token. The protocol library expects 200 (RFC 7009), but Attio answers 204.
// Source: docs.attio.com/docs/oauth/revoke
import { checkAccessToken } from '../http/access-token.ts'
import type { AttioEndpoints } from '../http/endpoints.ts'
import { AttioResponseError } from '../errors.ts'
import { exchange } from '../http/exchange.ts'
import { parseJson } from '../wire/error-body.ts'
import { authorizationServerAt } from './authorization-server.ts'
import {
  failureOf,
  limitsOf,
  type OAuthCallOptions,
  retryAtOf,
  type Unreachable,
  type Unreadable,
} from './oauth-call.ts'

export interface RevocationRequest extends OAuthCallOptions {
  readonly endpoints?: AttioEndpoints
  readonly accessToken: string
}

export type RevocationAnswer =
  | { readonly kind: 'revoked' }
  /** The token may still be active. After a 429 or 5xx, retry at `retryAt` or later. */
  | {
      readonly kind: 'refused'
      readonly status: number
      /** Milliseconds since 1970. */
      readonly retryAt?: number
    }
  | Unreachable
  | Unreadable

/**
 * Revokes an access token. Sent once; repeating it is safe. Attio allows 50 revocations a minute per IP
 * address. Throws only for a caller's mistake or with the signal's reason.
 *
 * @example
 * const answer = await revokeAccessToken({ accessToken })
 * if (answer.kind !== 'revoked') await tryAgainLater(answer)
 */
export async function revokeAccessToken(request: RevocationRequest): Promise<RevocationAnswer> {
  const accessToken = checkAccessToken(request.accessToken)
  const url = new URL(authorizationServerAt(request.endpoints).revocation_endpoint)
  const headers = { authorization: `Bearer ${accessToken}` }
  try {
    const answer = await exchange({ method: 'POST', url, headers }, limitsOf(request))
    const { status, text } = answer
    if (status === 204) return { kind: 'revoked' }
    if (status === 200) return readConfirmation(text)
    return { kind: 'refused', status, ...retryAtOf(answer, request) }
  } catch (error) {
    return failureOf(error)
  }
}

/** True for a proven revocation. RFC 7009 §2.2 allows 200 with any body; a gateway's page proves nothing. */
function readConfirmation(text: string): RevocationAnswer {
  const body = parseJson(text)
  if (text === '' || (typeof body === 'object' && body !== null)) return { kind: 'revoked' }
  return {
    kind: 'unreadable',
    cause: new AttioResponseError('POST /oauth/revoke', '', 'expected JSON'),
  }
}
