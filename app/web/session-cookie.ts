// Sets the session cookie, at every sign-in and whenever the session gets a new one.
import { sessionAbsoluteMs } from '../accounts/accounts.ts'
import type { Secret } from '../support/secret.ts'
import { sessionCookie, type Cookies } from './cookies.ts'
import type { WebContext } from './web-parts.ts'

export function keepSession(
  cookies: Cookies,
  context: WebContext,
  { cookie }: { readonly cookie: Secret },
): void {
  cookies.write(context, {
    name: sessionCookie,
    value: cookie.reveal(),
    maxAgeMs: sessionAbsoluteMs,
  })
}
