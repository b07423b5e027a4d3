// Logging in with a passkey: POST /login/passkey/challenge says what to sign, POST /login/passkey takes the response.
import { Hono } from 'hono'
import { enter } from '../account/enter.ts'
import { paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { Problem } from '../problem.ts'
import { readForm, textField } from '../read-form.ts'
import type { RouteParts, WebEnv } from '../web-parts.ts'
import { answerAsked, answerProblem, takePasskeyCookie } from './ceremony-answers.ts'

export function passkeySignInRoutes(parts: RouteParts) {
  const { accounts, site } = parts
  const { ceremonies } = accounts.passkeys
  const routes = new Hono<WebEnv>()

  routes.post(paths.signInChallenge, async (context) => {
    await readForm(context, {})
    if (ceremonies === undefined) throw new Problem({ kind: 'not-found' })
    const asked = await ceremonies.askForSignIn(clientOfRequest(context, site))
    return asked.kind === 'asked'
      ? answerAsked(parts, context, asked)
      : answerProblem(parts, context, asked)
  })

  routes.post(paths.passkeySignIn, async (context) => {
    const { response, returnTo } = await readForm(context, {
      response: textField,
      returnTo: textField,
    })
    if (ceremonies === undefined) throw new Problem({ kind: 'not-found' })
    const given = { response, cookie: takePasskeyCookie(parts, context) }
    const outcome = await ceremonies.signIn(given, clientOfRequest(context, site))
    return outcome.kind === 'signed-in'
      ? await enter(parts, context, outcome, returnTo)
      : answerProblem(parts, context, outcome)
  })

  return routes
}
