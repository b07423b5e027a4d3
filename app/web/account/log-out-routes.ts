// Logs out. The route is registered before all middleware that reads the database, so that it works without one.
import { logInAddress, paths } from '../addresses.ts'
import { sessionCookie } from '../cookies.ts'
import type { Route } from '../routes.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'

export const logOutRoutes: readonly Route[] = [['POST', paths.logOut, logOut]]

async function logOut({ accounts, cookies }: RouteParts, context: WebContext): Promise<Response> {
  const cookie = cookies.read(context, sessionCookie)
  if (cookie !== undefined) await accounts.endSessionOfCookie(cookie)
  cookies.remove(context, sessionCookie)
  // Not "cookies", which would also clear the cookie that lets a started connection finish after signing in again.
  context.header('clear-site-data', '"cache", "storage"')
  return context.redirect(logInAddress({ reason: 'logged-out' }), 303)
}
