// Revokes an access token. The protocol library expects 200 (RFC 7009), but Attio answers 204.
// Source: docs.attio.com/docs/oauth/revoke
import { z } from 'zod'
import { checkAccessToken } from '../http/access-token.ts'
import type { AttioEndpoints } from '../http/endpoints.ts'
import { AttioResponseError } from '../errors.ts'
import { exchange } from '../http/exchange.ts'
import { parseShortJson } from '../http/json.ts'
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
  /** Attio answers 204. A 200, which RFC 7009 asks for, may come from a gateway: `self.identify()` says whether the token is dead. */
  | { readonly kind: 'revoked'; readonly status: 200 | 204 }
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
    if (status === 204) return { kind: 'revoked', status }
    if (status === 200) return readConfirmation(text)
    return { kind: 'refused', status, ...retryAtOf(answer, request) }
  } catch (error) {
    return failureOf(error)
  }
}

/** RFC 7009 §2.2 needs no body in a 200. A page, a list or an error proves nothing. */
function readConfirmation(text: string): RevocationAnswer {
  const parsed = parseShortJson(text)
  const isEmpty = parsed.kind === 'value' && z.strictObject({}).safeParse(parsed.value).success
  if (text === '' || isEmpty) return { kind: 'revoked', status: 200 }
  return {
    kind: 'unreadable',
    cause: new AttioResponseError('POST /oauth/revoke', '', 'expected no body'),
  }
}
