// Whose request is this? The session behind the cookie, or nobody's.
import { createMiddleware } from 'hono/factory'
import type { Accounts } from '../../accounts/accounts.ts'
import { sessionCookie, type Cookies } from '../cookies.ts'
import type { WebEnv } from '../web-parts.ts'

export function readSession(accounts: Pick<Accounts, 'findSession'>, cookies: Cookies) {
  return createMiddleware<WebEnv>(async (context, next) => {
    const value = cookies.read(context, sessionCookie)
    context.set('session', value === undefined ? undefined : await accounts.findSession(value))
    await next()
  })
}
