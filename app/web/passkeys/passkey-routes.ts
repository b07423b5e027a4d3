// Passkeys in the settings: adding, renaming, removing.
import { readPasskeyName, type Session } from '../../accounts/accounts.ts'
import { asPasskeyId } from '../../support/ids.ts'
import { browserInWords } from '../../support/browser-in-words.ts'
import { answerJson } from '../answer-json.ts'
import { confirmationAddress, passkeysAddress, paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { isConfirmed } from '../confirming/is-confirmed.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { readForm, textField } from '../read-form.ts'
import { queryValue } from '../read-query.ts'
import { valueInPath } from '../request-path.ts'
import type { Route } from '../routes.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import {
  answerCeremony,
  answerProblem,
  ceremoniesOf,
  takePasskeyCookie,
} from './ceremony-answers.ts'
import { passkeysPage, type PasskeysPage } from './views/passkeys.ts'

export const passkeyRoutes: readonly Route[] = [
  ['GET', paths.passkeys, showPasskeys],
  ['POST', paths.passkeyChallenge, askForNewPasskey],
  ['POST', paths.passkeys, addPasskey],
  ['POST', paths.passkeyName, renamePasskey],
  ['POST', paths.passkeyRemoval, removePasskey],
]

const confirmation = confirmationAddress({ returnTo: paths.passkeys })

async function showPasskeys(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const name = readPasskeyName(queryValue(context, 'name') ?? '')
  return context.html(await listPage(parts, context, session, { name }))
}

async function askForNewPasskey(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const { name } = await readForm(context, { name: textField })
  const ceremonies = ceremoniesOf(parts)
  if (!isConfirmed(parts, session)) return confirmFirst(context, name)
  return answerCeremony(parts, context, await ceremonies.askForPasskey(session))
}

async function addPasskey(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const { name, response } = await readForm(context, { name: textField, response: textField })
  const ceremonies = ceremoniesOf(parts)
  if (!isConfirmed(parts, session)) return confirmFirst(context, name)
  const given = { name, response, cookie: takePasskeyCookie(parts, context) }
  const outcome = await ceremonies.add(session, given, clientOfRequest(context, parts.site))
  if (outcome.kind !== 'added') return answerProblem(parts, context, outcome)
  leaveToast(parts.cookies, context, { kind: 'passkey-added', name: outcome.name })
  return answerJson(context, { address: paths.passkeys })
}

/** Leads to the confirmation, and back to the form with the name that was typed. */
function confirmFirst(context: WebContext, name: string): Response {
  const returnTo = passkeysAddress({ name: readPasskeyName(name) })
  return answerJson(context, { address: confirmationAddress({ returnTo }) })
}

async function renamePasskey(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const { name } = await readForm(context, { name: textField })
  const passkeyId = asPasskeyId(valueInPath(context, 'passkeyId'))
  const outcome = await parts.accounts.passkeys.rename(session, { passkeyId, name })
  switch (outcome) {
    case 'renamed':
      leaveToast(parts.cookies, context, { kind: 'passkey-renamed' })
      return context.redirect(paths.passkeys, 303)
    case 'not-found':
      throw new Problem({ kind: 'not-found' })
    case 'no-name':
      return context.html(await listPage(parts, context, session, { unnamed: { passkeyId } }), 400)
  }
}

async function removePasskey(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  await readForm(context, {})
  if (!isConfirmed(parts, session)) return context.redirect(confirmation, 303)
  const passkeyId = asPasskeyId(valueInPath(context, 'passkeyId'))
  const client = clientOfRequest(context, parts.site)
  const name = await parts.accounts.passkeys.remove(session, passkeyId, client)
  if (name === undefined) throw new Problem({ kind: 'not-found' })
  leaveToast(parts.cookies, context, { kind: 'passkey-removed', name })
  return context.redirect(paths.passkeys, 303)
}

async function listPage(
  { accounts, pages, site }: RouteParts,
  context: WebContext,
  session: Session,
  { name, unnamed }: Pick<PasskeysPage, 'unnamed'> & { readonly name?: string | undefined },
) {
  const [frame, passkeys] = await Promise.all([
    pages.appFrame(context, session),
    accounts.passkeys.list(session.accountId),
  ])
  return passkeysPage({
    frame,
    passkeys,
    canAdd: accounts.passkeys.ceremonies !== undefined,
    suggestedName: name ?? browserInWords(clientOfRequest(context, site).userAgent),
    unnamed,
  })
}
