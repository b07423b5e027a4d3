// Exchanges a code for a token (RFC 6749 §4.1.3): authenticates the client, marks the code as used, then
// checks it. A second use of a code revokes the token of the first.
import type { App, AuthorizationCode } from '../world/access.ts'
import type { Parts } from '../parts.ts'
import { answersChallenge, isSame, isVerifierShaped } from '../authorization/pkce.ts'

export type Exchanged =
  | { readonly kind: 'granted'; readonly accessToken: string }
  | {
      readonly kind: 'refused'
      readonly status: 400 | 401
      readonly error: OAuthError
      readonly description: string
    }

export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type'

type Fields = ReadonlyMap<string, string>

export function exchangeCode(parts: Parts, fields: Fields): Exchanged {
  const grantType = fields.get('grant_type')
  if (grantType === undefined) return refused('invalid_request', 'grant_type is missing.')
  if (grantType !== 'authorization_code') {
    return refused('unsupported_grant_type', 'The only grant type is authorization_code.')
  }
  const app = authenticateClient(parts, fields)
  if (!app) {
    return refused('invalid_client', 'client_id and client_secret do not belong to an app.', 401)
  }
  const code = fields.get('code')
  if (code === undefined) return refused('invalid_request', 'code is missing.')
  return parts.world.transact(() => redeem(parts, app, code, fields))
}

function authenticateClient({ world }: Parts, fields: Fields): App | undefined {
  const app = world.apps.get(fields.get('client_id') ?? '')
  const isGenuine = isSame(app?.clientSecret ?? '', fields.get('client_secret') ?? '')
  return app?.isOauthEnabled && isGenuine ? app : undefined
}

function redeem(parts: Parts, app: App, codeId: string, fields: Fields): Exchanged {
  const { world, clock, ids } = parts
  const code = world.authorizationCodes.get(codeId)
  if (code?.appId !== app.id) return refused('invalid_grant', 'The code is not known.')
  if (code.usedAt !== null) {
    revokeTokensOf(parts, code)
    return refused('invalid_grant', 'The code was used before; its token is revoked.')
  }
  // From here on the code is spent, even if another check fails.
  const now = clock.now()
  world.authorizationCodes.put({ ...code, usedAt: now })
  const problem = misfit(code, fields, now)
  if (problem !== undefined) return refused('invalid_grant', problem)
  const token = world.accessTokens.put({
    id: ids.secret(),
    appId: app.id,
    clientId: app.id,
    workspaceId: code.workspaceId,
    memberId: code.memberId,
    scopes: code.scopes,
    codeId: code.id,
    issuedAt: now,
  })
  return { kind: 'granted', accessToken: token.id }
}

/** Returns the reason why the request does not fit the code; undefined when it does. */
function misfit(code: AuthorizationCode, fields: Fields, now: number): string | undefined {
  if (now >= code.expiresAt) return 'The code has expired.'
  const redirectUri = fields.get('redirect_uri')
  // Attio's reference does not list redirect_uri; if sent, it must be the same.
  if (redirectUri !== undefined && redirectUri !== code.redirectUri) {
    return 'redirect_uri is not the one that the code was given to.'
  }
  const verifier = fields.get('code_verifier')
  if (code.codeChallenge === null) {
    // RFC 9700 §4.8.2: a verifier without a challenge indicates a downgrade attack.
    return verifier === undefined ? undefined : 'code_verifier without a code_challenge.'
  }
  if (verifier === undefined) return 'code_verifier is missing.'
  const fits = isVerifierShaped(verifier) && answersChallenge(verifier, code.codeChallenge)
  return fits ? undefined : 'code_verifier does not answer the code_challenge.'
}

function revokeTokensOf({ world }: Parts, code: AuthorizationCode): void {
  const tokens = world.accessTokens.all().filter((token) => token.codeId === code.id)
  for (const token of tokens) world.accessTokens.remove(token.id)
}

function refused(error: OAuthError, description: string, status: 400 | 401 = 400): Exchanged {
  return { kind: 'refused', status, error, description }
}
