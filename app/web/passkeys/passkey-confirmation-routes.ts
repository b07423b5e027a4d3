// POST /confirmation/passkey…: confirms with a passkey who the person is.
import { answerJson } from '../answer-json.ts'
import { paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { signedIn } from '../pages.ts'
import { readForm, textField } from '../read-form.ts'
import { safeReturnTo } from '../return-to.ts'
import type { Route } from '../routes.ts'
import { keepSession } from '../session-cookie.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import {
  answerCeremony,
  answerProblem,
  ceremoniesOf,
  takePasskeyCookie,
} from './ceremony-answers.ts'

export const passkeyConfirmationRoutes: readonly Route[] = [
  ['POST', paths.confirmationChallenge, askForConfirmation],
  ['POST', paths.passkeyConfirmation, confirmWithPasskey],
]

async function askForConfirmation(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  await readForm(context, { returnTo: textField })
  const client = clientOfRequest(context, parts.site)
  const asked = await ceremoniesOf(parts).askForConfirmation(session, client)
  return answerCeremony(parts, context, asked)
}

async function confirmWithPasskey(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const form = await readForm(context, { response: textField, returnTo: textField })
  const ceremonies = ceremoniesOf(parts)
  const given = { response: form.response, cookie: takePasskeyCookie(parts, context) }
  const outcome = await ceremonies.confirm(session, given, clientOfRequest(context, parts.site))
  if (outcome.kind !== 'confirmed') return answerProblem(parts, context, outcome)
  keepSession(parts.cookies, context, outcome)
  leaveToast(parts.cookies, context, { kind: 'confirmed' })
  return answerJson(context, { address: safeReturnTo(form.returnTo) ?? paths.settings })
}
