// Shared by sign-up and log-in: the response to a success, and the status of a refusal.
import type { SignIn, SignUp } from '../../accounts/accounts.ts'
import { paths } from '../addresses.ts'
import { browserCookiePrefix } from '../cookies.ts'
import { safeReturnTo } from '../return-to.ts'
import { keepSession } from '../session-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'

/**
 * Sets the session cookie and redirects, to the unfinished connection when this browser returned from Attio signed out,
 * otherwise to the page that the person asked for.
 */
export async function enter(
  { connections, cookies }: RouteParts,
  context: WebContext,
  signedIn: Extract<SignIn | SignUp, { kind: 'signed-in' }>,
  returnTo: string,
): Promise<Response> {
  const { session } = signedIn
  keepSession(cookies, context, signedIn)
  const browserValues = cookies.readAll(context, browserCookiePrefix)
  if (await connections.hasWaitingCode(session.accountId, browserValues)) {
    return context.redirect(paths.resume, 303)
  }
  return context.redirect(safeReturnTo(returnTo) ?? paths.home, 303)
}

export function statusOf(
  outcome: Exclude<SignIn | SignUp, { kind: 'signed-in' }>,
): 400 | 401 | 409 | 429 | 503 {
  switch (outcome.kind) {
    case 'refused':
      return 400
    case 'wrong':
      return 401
    case 'username-taken':
      return 409
    case 'too-many':
      return 429
    case 'busy':
      return 503
  }
}
