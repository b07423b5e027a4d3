// GET and POST /login.
import { Hono } from 'hono'
import { logInReasons, paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { readForm, textField } from '../read-form.ts'
import { queryValue } from '../read-query.ts'
import { safeReturnTo } from '../return-to.ts'
import type { RouteParts, WebEnv } from '../web-parts.ts'
import { askForCode, enter, statusOf } from './enter.ts'
import { logInPage } from './views/log-in.ts'

export function logInRoutes(parts: RouteParts) {
  const { accounts, mail, pages, site } = parts
  const canReset = mail.isOn
  const canUsePasskey = accounts.passkeys.ceremonies !== undefined
  const signUp = accounts.signUpRule.mode
  const signOnLabel = accounts.singleSignOn?.label
  const routes = new Hono<WebEnv>()

  routes.get(paths.logIn, (context) => {
    if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
    const reason = logInReasons.find((known) => known === queryValue(context, 'reason'))
    const returnTo = safeReturnTo(queryValue(context, 'returnTo'))
    const frame = pages.frame(context)
    return context.html(
      logInPage({ frame, canReset, canUsePasskey, signOnLabel, signUp, reason, returnTo }),
    )
  })

  routes.post(paths.logIn, async (context) => {
    const form = await readForm(context, {
      username: textField,
      password: textField,
      returnTo: textField,
    })
    if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
    const { returnTo, ...given } = form
    const outcome = await accounts.signIn(given, clientOfRequest(context, site))
    if (outcome.kind === 'signed-in') return await enter(parts, context, outcome, returnTo)
    if (outcome.kind === 'code-needed') return askForCode(parts, context, outcome, returnTo)
    const page = logInPage({
      frame: pages.frame(context),
      canReset,
      canUsePasskey,
      signOnLabel,
      signUp,
      values: { username: form.username },
      outcome,
      returnTo: safeReturnTo(returnTo),
    })
    return context.html(page, statusOf(outcome))
  })

  return routes
}
