// Reads the session of the request's cookie, and the version that the response is at least as new as.
import { createMiddleware } from 'hono/factory'
import type { Accounts } from '../../accounts/accounts.ts'
import { sessionCookie, type Cookies } from '../cookies.ts'
import { versionOf } from '../../live/live.ts'
import type { WebEnv } from '../web-parts.ts'

export function readSession(
  { accounts }: { readonly accounts: Pick<Accounts, 'findSession'> },
  cookies: Cookies,
) {
  return createMiddleware<WebEnv>(async (context, next) => {
    const value = cookies.read(context, sessionCookie)
    const read = () => (value === undefined ? undefined : accounts.findSession(value))
    const session = await (context.env.begun?.session ?? read())
    context.set('session', session)
    // Read before the handler runs, because the response may lack later changes.
    if (session !== undefined) context.set('asOf', versionOf(session.sees))
    await next()
  })
}
