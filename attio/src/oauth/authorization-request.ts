// Builds the address of the page where a person approves the app in one of their workspaces.
// Source: docs.attio.com/docs/oauth/authorize
import {
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomState,
} from 'oauth4webapi'
import type { AttioEndpoints } from '../http/endpoints.ts'
import { authorizationServerAt } from './authorization-server.ts'

export interface AuthorizationRequestOptions {
  readonly endpoints?: AttioEndpoints
  readonly clientId: string
  /** Exactly as registered in Attio's developer dashboard; sent unchanged. */
  readonly redirectUri: string
  /** Default: 256 random bits. */
  readonly state?: string
  /** Further parameters; Attio documents none. They cannot replace the protocol's own. */
  readonly extra?: Readonly<Record<string, string>>
}

export interface AuthorizationRequest {
  /** Redirect the browser here. */
  readonly url: URL
  /** Store it (a hash is enough) with the session; the response must return the same value. */
  readonly state: string
  /** Keep it secret until the token request (RFC 7636). */
  readonly codeVerifier: string
}

const protocolParameters = [
  'client_id',
  'response_type',
  'redirect_uri',
  'state',
  'code_challenge',
  'code_challenge_method',
]

/**
 * Builds an authorization request. There is no `scope` parameter: Attio grants the scopes set in the
 * app's dashboard. PKCE (S256) is always used; Attio accepts it without documenting it. Throws a
 * TypeError for an unusable option.
 *
 * @example
 * const { url, state, codeVerifier } = await createAuthorizationRequest({
 *   clientId: 'a1b2c3d4-0000-4000-8000-000000000000',
 *   redirectUri: 'https://example.com/callback',
 * })
 */
export async function createAuthorizationRequest(
  options: AuthorizationRequestOptions,
): Promise<AuthorizationRequest> {
  const { endpoints, clientId, redirectUri, state = generateRandomState(), extra = {} } = options
  if (clientId === '') throw new TypeError('clientId must not be empty')
  if (!URL.canParse(redirectUri)) throw new TypeError('redirectUri must be an absolute URL')
  if (state === '') throw new TypeError('state must not be empty')
  const codeVerifier = generateRandomCodeVerifier()
  const url = new URL(authorizationServerAt(endpoints).authorization_endpoint)
  url.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    state,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  }).toString()
  for (const [name, value] of Object.entries(extra)) {
    if (protocolParameters.includes(name)) throw new TypeError(`extra must not set ${name}`)
    url.searchParams.set(name, value)
  }
  return { url, state, codeVerifier }
}
