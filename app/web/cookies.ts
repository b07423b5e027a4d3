// Every cookie of Taskr is HttpOnly, SameSite=Lax (a Strict one would not be sent on the return from Attio), and valid
// for the whole host. Over https, names have the __Host- prefix (RFC 6265bis), which no other host of the domain can
// set. Plain http is for localhost only, and uses plain names.
import { deleteCookie, setCookie } from 'hono/cookie'
import { browserCookiePrefix } from '../connections/connections.ts'
import type { Site, WebContext } from './web-context.ts'

export interface Cookies {
  readonly read: (context: WebContext, name: string) => string | undefined
  /** The same from a request's Cookie header. */
  readonly readFrom: (header: string | undefined, name: string) => string | undefined
  /** Returns the values of all cookies whose names begin with the prefix. */
  readonly readAll: (context: WebContext, prefix: string) => readonly string[]
  readonly write: (
    context: WebContext,
    cookie: { name: string; value: string; maxAgeMs: number },
  ) => void
  readonly remove: (context: WebContext, name: string) => void
}

export { browserCookiePrefix }
export const sessionCookie = 'taskr_session'
/** The secret of a log-in that waits for its code. */
export const signInCookie = 'taskr_sign_in'
/** The secret of a challenge that a passkey of this browser is to sign. */
export const passkeyCookie = 'taskr_passkey'
export const toastCookie = 'taskr_toast'
/** The secrets of log-ins that are at the identity provider. */
export const signOnCookiePrefix = 'taskr_sign_on_'
/** Who came back from the identity provider and has no account linked yet. */
export const arrivalCookie = 'taskr_arrival'
/** The secret of the invitation whose link this browser opened. */
export const invitationCookie = 'taskr_invitation'

export function createCookies(site: Site): Cookies {
  const secure = site.publicUrl.protocol === 'https:'
  const prefix = secure ? '__Host-' : ''
  const attributes = { httpOnly: true, sameSite: 'Lax', secure, path: '/' } as const
  const readFrom: Cookies['readFrom'] = (header, name) =>
    cookiesIn(header).find(([written]) => written === prefix + name)?.[1]
  return {
    read: (context, name) => readFrom(context.req.header('cookie'), name),
    readFrom,
    readAll: (context, begin) =>
      cookiesIn(context.req.header('cookie')).flatMap(([name, value]) =>
        name.startsWith(prefix + begin) ? [value] : [],
      ),
    write: (context, { name, value, maxAgeMs }) =>
      setCookie(context, prefix + name, value, {
        ...attributes,
        maxAge: Math.floor(maxAgeMs / 1000),
      }),
    remove: (context, name) => {
      deleteCookie(context, prefix + name, attributes)
    },
  }
}

/** Reads cookies without decoding, because all values are base64url. */
function cookiesIn(header = ''): readonly (readonly [string, string])[] {
  return header.split(';').map((pair) => {
    const end = pair.indexOf('=')
    return [pair.slice(0, Math.max(0, end)).trim(), pair.slice(end + 1).trim()] as const
  })
}
