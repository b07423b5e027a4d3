// Sign up and log in.
import { Hono } from 'hono'
import { queryValue } from '../read-query.ts'
import { minimumPasswordLength, type SignIn, type SignUp } from '../../accounts/accounts.ts'
import { logInReasons, paths } from '../addresses.ts'
import { browserCookiePrefix } from '../cookies.ts'
import { readForm, textField } from '../read-form.ts'
import { safeReturnTo } from '../return-to.ts'
import { keepSession } from '../session-cookie.ts'
import { visitOf } from '../client-of.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import { logInPage } from './views/log-in.ts'
import { signUpPage } from './views/sign-up.ts'

export function accountRoutes(parts: RouteParts) {
  const { accounts, pages, site } = parts
  const routes = new Hono<WebEnv>()

  routes.get(paths.signUp, (context) => {
    if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
    const returnTo = safeReturnTo(queryValue(context, 'returnTo'))
    return context.html(
      signUpPage({ frame: pages.frame(context), minimumPasswordLength, returnTo }),
    )
  })

  routes.post(paths.signUp, async (context) => {
    const form = await readForm(context, {
      username: textField,
      password: textField,
      emailAddress: textField,
      timeZone: textField,
      returnTo: textField,
    })
    if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
    const { returnTo, ...given } = form
    const outcome = await accounts.signUp(given, visitOf(context, site))
    if (outcome.kind === 'signed-in') return await enter(parts, context, outcome, returnTo)
    const { username, emailAddress } = form
    const page = signUpPage({
      frame: pages.frame(context),
      minimumPasswordLength,
      values: { username, emailAddress },
      outcome,
      returnTo: safeReturnTo(returnTo),
    })
    return context.html(page, statusOf(outcome))
  })

  routes.get(paths.logIn, (context) => {
    if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
    const reason = logInReasons.find((known) => known === queryValue(context, 'reason'))
    const returnTo = safeReturnTo(queryValue(context, 'returnTo'))
    return context.html(logInPage({ frame: pages.frame(context), reason, returnTo }))
  })

  routes.post(paths.logIn, async (context) => {
    const form = await readForm(context, {
      username: textField,
      password: textField,
      returnTo: textField,
    })
    if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
    const { returnTo, ...given } = form
    const outcome = await accounts.signIn(given, visitOf(context, site))
    if (outcome.kind === 'signed-in') return await enter(parts, context, outcome, returnTo)
    const page = logInPage({
      frame: pages.frame(context),
      values: { username: form.username },
      outcome,
      returnTo: safeReturnTo(returnTo),
    })
    return context.html(page, statusOf(outcome))
  })

  return routes
}

/** A new session is a new cookie; whoever came back from Attio signed out goes on where they were. */
async function enter(
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

function statusOf(
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
