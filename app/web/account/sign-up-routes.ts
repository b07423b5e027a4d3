// GET and POST /signup.
import { Hono } from 'hono'
import { minimumPasswordLength } from '../../accounts/accounts.ts'
import { paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { readForm, textField } from '../read-form.ts'
import { queryValue } from '../read-query.ts'
import { safeReturnTo } from '../return-to.ts'
import type { RouteParts, WebEnv } from '../web-parts.ts'
import { enter, statusOf } from './enter.ts'
import { signUpPage } from './views/sign-up.ts'

export function signUpRoutes(parts: RouteParts) {
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
    const outcome = await accounts.signUp(given, clientOfRequest(context, site))
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

  return routes
}
