// Logging in with a passkey: POST /login/passkey/challenge says what to sign, POST /login/passkey takes the response.
import { enter } from '../account/enter.ts'
import { paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { readForm, textField } from '../read-form.ts'
import type { Route } from '../routes.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import {
  answerCeremony,
  answerProblem,
  ceremoniesOf,
  takePasskeyCookie,
} from './ceremony-answers.ts'

export const passkeySignInRoutes: readonly Route[] = [
  ['POST', paths.signInChallenge, askForSignIn],
  ['POST', paths.passkeySignIn, logInWithPasskey],
]

async function askForSignIn(parts: RouteParts, context: WebContext): Promise<Response> {
  await readForm(context, { returnTo: textField })
  const client = clientOfRequest(context, parts.site)
  return answerCeremony(parts, context, await ceremoniesOf(parts).askForSignIn(client))
}

async function logInWithPasskey(parts: RouteParts, context: WebContext): Promise<Response> {
  const { response, returnTo } = await readForm(context, {
    response: textField,
    returnTo: textField,
  })
  const ceremonies = ceremoniesOf(parts)
  const given = { response, cookie: takePasskeyCookie(parts, context) }
  const outcome = await ceremonies.signIn(given, clientOfRequest(context, parts.site))
  return outcome.kind === 'signed-in'
    ? await enter(parts, context, outcome, returnTo)
    : answerProblem(parts, context, outcome)
}
