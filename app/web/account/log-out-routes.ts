// Logs out. The route is registered before all middleware that reads the database, so that it works without one.
import { Hono } from 'hono'
import { logInAddress, paths } from '../addresses.ts'
import { sessionCookie } from '../cookies.ts'
import type { RouteParts, WebEnv } from '../web-parts.ts'

export function logOutRoutes({ accounts, cookies }: RouteParts) {
  return new Hono<WebEnv>().post(paths.logOut, async (context) => {
    const cookie = cookies.read(context, sessionCookie)
    if (cookie !== undefined) await accounts.endSessionOfCookie(cookie)
    cookies.remove(context, sessionCookie)
    // Not "cookies", which would also clear the cookie that lets a started connection finish after signing in again.
    context.header('clear-site-data', '"cache", "storage"')
    return context.redirect(logInAddress({ reason: 'logged-out' }), 303)
  })
}
