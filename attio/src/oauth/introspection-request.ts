// Reads a token's identity from Attio's OAuth server; the answer equals GET /v2/self.
// Source: docs.attio.com/docs/oauth/introspect
import { checkAccessToken } from '../http/access-token.ts'
import type { AttioEndpoints } from '../http/endpoints.ts'
import { exchange, nameOf } from '../http/exchange.ts'
import { type Identity, identitySchema } from '../wire/identity.ts'
import { readShortBodyAs } from '../wire/read-body.ts'
import { authorizationServerAt } from './authorization-server.ts'
import {
  failureOf,
  limitsOf,
  type OAuthCallOptions,
  retryAtOf,
  type Unreachable,
  type Unreadable,
} from './oauth-call.ts'

export interface IntrospectionRequest extends OAuthCallOptions {
  readonly endpoints?: AttioEndpoints
  readonly accessToken: string
}

export type IntrospectionAnswer =
  /** `identity.active` is false for an unknown, revoked or deleted token. */
  | { readonly kind: 'identified'; readonly identity: Identity }
  | {
      readonly kind: 'refused'
      readonly status: number
      /** Milliseconds since 1970. */
      readonly retryAt?: number
    }
  | Unreachable
  | Unreadable

/**
 * Introspects an access token. Sent once; repeating it is safe. Throws only for a caller's mistake or
 * with the signal's reason.
 *
 * @example
 * const answer = await introspectAccessToken({ accessToken })
 * const isAlive = answer.kind === 'identified' && answer.identity.active
 */
export async function introspectAccessToken(
  request: IntrospectionRequest,
): Promise<IntrospectionAnswer> {
  const accessToken = checkAccessToken(request.accessToken)
  const url = new URL(authorizationServerAt(request.endpoints).introspection_endpoint)
  const headers = { accept: 'application/json', authorization: `Bearer ${accessToken}` }
  try {
    const answer = await exchange({ method: 'POST', url, headers }, limitsOf(request))
    const { status, text } = answer
    if (status !== 200) return { kind: 'refused', status, ...retryAtOf(answer, request) }
    const identity = readShortBodyAs(nameOf({ method: 'POST', url }), text, identitySchema)
    return { kind: 'identified', identity }
  } catch (error) {
    return failureOf(error)
  }
}
