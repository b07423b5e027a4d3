// Returns a request's access token, or refuses the request as Attio does. There is no fallback.
import type { AccessToken } from '../../world/access.ts'
import type { World } from '../../world/world.ts'
import { unauthorized } from '../requests/errors.ts'

const tokenLength = 64

/** Returns the token of an Authorization header: Bearer, or Basic with the token as user name. */
export function readToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined
  const [, scheme = '', credentials = ''] = /^(\S+) +(\S+) *$/.exec(authorization) ?? []
  if (scheme.toLowerCase() === 'bearer') return credentials
  if (scheme.toLowerCase() !== 'basic') return undefined
  return Buffer.from(credentials, 'base64').toString('utf8').split(':', 1)[0]
}

/** True when a text has the form of a token. */
export function isTokenShaped(token: string | undefined): token is string {
  return token !== undefined && token.length === tokenLength
}

export function authenticate(world: World, authorization: string | undefined): AccessToken {
  const token = readToken(authorization)
  // The first sentence of each message was seen; the rest of the first message is assumed.
  if (token === undefined || token === '') {
    throw unauthorized(
      'The Authorization header was not provided. Please provide a valid API Key as a Bearer token.',
    )
  }
  if (!isTokenShaped(token)) {
    throw unauthorized(
      'The API Key provided was invalid because it was the wrong length (API Keys should be 64 characters long). You might not have copied the entire API key from your Admin panel?',
    )
  }
  const accessToken = world.accessTokens.get(token)
  if (!accessToken) {
    throw unauthorized(
      'The API Key provided could not be found. This is most commonly caused by the token having been revoked.',
    )
  }
  return accessToken
}
