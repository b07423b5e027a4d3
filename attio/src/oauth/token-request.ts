// Exchanges an authorization code for an access token. A code works once, so the request is sent once.
// Source: docs.attio.com/docs/oauth/token
import {
  // oxlint-disable-next-line typescript/no-deprecated -- see its use
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  ClientSecretPost,
  customFetch,
  expectNoState,
  processAuthorizationCodeResponse,
  validateAuthResponse,
} from 'oauth4webapi'
import { z } from 'zod'
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

export interface AccessTokenRequest extends OAuthCallOptions {
  readonly endpoints?: AttioEndpoints
  readonly clientId: string
  readonly clientSecret: string
  /** The redirect URI of the authorization request. */
  readonly redirectUri: string
  readonly code: string
  readonly codeVerifier: string
}

/** An error code of RFC 6749 §5.2, or `unrecognized`: Attio does not document these bodies. */
export type TokenErrorCode = (typeof errorCodes)[number] | 'unrecognized'

export type AccessTokenAnswer =
  /** The token does not expire, and there is no refresh token. */
  | { readonly kind: 'granted'; readonly accessToken: string }
  /** Attio answered with a status other than 200. */
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly error: TokenErrorCode
      /** Milliseconds since 1970. */
      readonly retryAt?: number
    }
  | Unreachable
  | Unreadable

const errorCodes = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
] as const

/**
 * Requests an access token. The code is spent with every outcome: on anything but `granted` the person
 * starts again. The grant does not name the workspace; call `client.self.identify()` next. Never follows
 * a redirect, and reads at most 64 KB. Throws only for a caller's mistake or with the signal's reason.
 *
 * @example
 * const answer = await requestAccessToken({ clientId, clientSecret, redirectUri, code, codeVerifier })
 * if (answer.kind === 'granted') await store(answer.accessToken)
 */
export async function requestAccessToken(request: AccessTokenRequest): Promise<AccessTokenAnswer> {
  const server = authorizationServerAt(request.endpoints)
  const client: Client = { client_id: request.clientId }
  const limits = limitsOf(request)
  if (request.code === '') throw new TypeError('code must not be empty')
  const code = new URLSearchParams({ code: request.code })
  try {
    const response = await authorizationCodeGrantRequest(
      server,
      client,
      ClientSecretPost(request.clientSecret),
      validateAuthResponse(server, client, code, expectNoState),
      request.redirectUri,
      request.codeVerifier,
      {
        // oxlint-disable-next-line typescript/no-deprecated -- loud by design; checkEndpoints lets http through for loopback only
        [allowInsecureRequests]: true,
        [customFetch]: async (url, { method, headers, body }) => {
          const answer = await exchange({ method, url: new URL(url), headers, body }, limits)
          const { status } = answer
          return new Response(status === 204 || status === 304 ? null : answer.text, answer)
        },
      },
    )
    if (response.status !== 200) {
      const error = readTokenError(await response.text())
      return { kind: 'refused', status: response.status, error, ...retryAtOf(response, request) }
    }
    return await readGrant(server, client, response)
  } catch (error) {
    return failureOf(error)
  }
}

/** Checks that a token is well-formed before a caller stores it. */
const accessTokenSchema = z.string().regex(/^[\x21-\x7e]{1,2048}$/)

async function readGrant(
  server: ReturnType<typeof authorizationServerAt>,
  client: Client,
  response: Response,
): Promise<AccessTokenAnswer> {
  try {
    const answer = await processAuthorizationCodeResponse(server, client, response)
    const token = accessTokenSchema.safeParse(answer.access_token)
    if (token.success && answer.token_type === 'bearer') {
      return { kind: 'granted', accessToken: token.data }
    }
  } catch {
    // The library's errors hold the body and perhaps a token, so they are dropped here.
  }
  const expectation = 'expected a JSON object with access_token and token_type bearer'
  return {
    kind: 'unreadable',
    cause: new AttioResponseError('POST /oauth/token', '', expectation),
  }
}

const errorSchema = z.object({ error: z.enum(errorCodes) })

function readTokenError(text: string): TokenErrorCode {
  const parsed = parseShortJson(text)
  const { data } = errorSchema.safeParse(parsed.kind === 'value' ? parsed.value : undefined)
  return data?.error ?? 'unrecognized'
}
