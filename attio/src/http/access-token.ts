// Keeps the access token in a closure, so that printing a client cannot reveal it.

/** The token, or a function that returns it; the function is called before every exchange. */
export type AccessTokenSource = string | (() => string | Promise<string>)

export type ReadAccessToken = () => Promise<string>

export function createAccessTokenReader(source: AccessTokenSource): ReadAccessToken {
  return async () => checkAccessToken(typeof source === 'string' ? source : await source())
}

/**
 * Refuses a token with characters that headers forbid. The platform's own error would quote the whole
 * header, token included.
 */
export function checkAccessToken(token: string): string {
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
    throw new TypeError('the access token must be a non-empty string of visible ASCII characters')
  }
  return token
}

/** Returns the text with the token removed, in case Attio quotes it. */
export function withoutToken(text: string, token: string): string {
  return text.replaceAll(token, '[secret]')
}
