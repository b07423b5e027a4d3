// Shared by sign-up and log-in: the response to a success or to a right password, and the status of a refusal.
import { unfinishedLifetimeMs, type SignIn, type SignUp } from '../../accounts/accounts.ts'
import { paths, signInCodeAddress } from '../addresses.ts'
import { answerJson } from '../answer-json.ts'
import { browserCookiePrefix, signInCookie } from '../cookies.ts'
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
  const isWaiting = await connections.hasWaitingCode(session.accountId, browserValues)
  return goTo(context, isWaiting ? paths.resume : (safeReturnTo(returnTo) ?? paths.home))
}

/** Goes on to the code that the account asks for after the password. */
export function askForCode(
  { cookies }: RouteParts,
  context: WebContext,
  { cookie }: Extract<SignIn, { kind: 'code-needed' }>,
  returnTo: string,
): Response {
  cookies.write(context, {
    name: signInCookie,
    value: cookie.reveal(),
    maxAgeMs: unfinishedLifetimeMs,
  })
  const address = safeReturnTo(returnTo)
  return goTo(context, signInCodeAddress(address === undefined ? {} : { returnTo: address }))
}

function goTo(context: WebContext, address: string): Response {
  // The script goes there itself, because a redirect that it follows would use up the page's toast.
  if (context.req.header(staysHeader) !== undefined) return answerJson(context, { address })
  return context.redirect(address, 303)
}

/** The header of a form that the script sends to keep a refused password in its field (browser/stay-on-refusal.ts). */
const staysHeader = 'x-taskr-stays'

export function statusOf(
  outcome: Exclude<SignIn | SignUp, { kind: 'signed-in' | 'not-admitted' | 'code-needed' }>,
): 400 | 401 | 403 | 409 | 429 | 503 {
  switch (outcome.kind) {
    case 'refused':
      return 400
    case 'wrong':
      return 401
    case 'locked':
      return 403
    case 'username-taken':
      return 409
    case 'too-many':
      return 429
    case 'busy':
      return 503
  }
}
