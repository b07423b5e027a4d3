// GET and POST /login.
import { logInReasons, paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { readForm, textField } from '../read-form.ts'
import { queryValue } from '../read-query.ts'
import { safeReturnTo } from '../return-to.ts'
import type { Route } from '../routes.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { askForCode, enter, statusOf } from './enter.ts'
import { logInPage } from './views/log-in.ts'

export const logInRoutes: readonly Route[] = [
  ['GET', paths.logIn, showLogIn],
  ['POST', paths.logIn, logIn],
]

async function showLogIn(parts: RouteParts, context: WebContext): Promise<Response> {
  if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
  const reason = logInReasons.find((known) => known === queryValue(context, 'reason'))
  const returnTo = safeReturnTo(queryValue(context, 'returnTo'))
  const frame = parts.pages.frame(context)
  return context.html(logInPage({ ...waysIn(parts), frame, reason, returnTo }))
}

async function logIn(parts: RouteParts, context: WebContext): Promise<Response> {
  const form = await readForm(context, {
    username: textField,
    password: textField,
    returnTo: textField,
  })
  if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
  const { returnTo, ...given } = form
  const outcome = await parts.accounts.signIn(given, clientOfRequest(context, parts.site))
  if (outcome.kind === 'signed-in') return await enter(parts, context, outcome, returnTo)
  if (outcome.kind === 'code-needed') return askForCode(parts, context, outcome, returnTo)
  const page = logInPage({
    ...waysIn(parts),
    frame: parts.pages.frame(context),
    values: { username: form.username },
    outcome,
    returnTo: safeReturnTo(returnTo),
  })
  return context.html(page, statusOf(outcome))
}

/** Returns the ways in, besides the password, that this Taskr offers. */
function waysIn({ accounts, mail }: RouteParts) {
  return {
    canReset: mail.isOn,
    canUsePasskey: accounts.passkeys.ceremonies !== undefined,
    signOnLabel: accounts.singleSignOn?.label,
    signUp: accounts.signUpRule.mode,
  }
}
