// Keeps the access token in a closure: nothing that prints a client can print it.

/** The token itself, or a function that finds it; the function is asked before every exchange. */
export type AccessTokenSource = string | (() => string | Promise<string>)

export type ReadAccessToken = () => Promise<string>

export function createAccessTokenReader(source: AccessTokenSource): ReadAccessToken {
  return async () => checkAccessToken(typeof source === 'string' ? source : await source())
}

/**
 * Refuses what cannot stand in a header. Without this the platform's own message would quote the
 * whole header, token included.
 */
export function checkAccessToken(token: string): string {
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
    throw new TypeError('the access token must be a non-empty string of visible ASCII characters')
  }
  return token
}

/** The text without the token, should Attio ever quote it back. */
export function withoutToken(text: string, token: string): string {
  return text.replaceAll(token, '[secret]')
}
