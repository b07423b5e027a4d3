// Passkeys in the settings: adding, renaming, removing; and confirming with one who the person is.
import { Hono } from 'hono'
import type { Session } from '../../accounts/accounts.ts'
import { asPasskeyId } from '../../support/ids.ts'
import { browserInWords } from '../../support/browser-in-words.ts'
import { answerJson } from '../answer-json.ts'
import { confirmationAddress, paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { isConfirmed } from '../confirming/is-confirmed.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { readForm, textField } from '../read-form.ts'
import { safeReturnTo } from '../return-to.ts'
import { keepSession } from '../session-cookie.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import { answerAsked, answerProblem, takePasskeyCookie } from './ceremony-answers.ts'
import { passkeysPage, type PasskeysPage } from './views/passkeys.ts'

const confirmation = confirmationAddress({ returnTo: paths.passkeys })

export function passkeyRoutes(parts: RouteParts) {
  const { accounts, cookies, site } = parts
  const { passkeys } = accounts
  const { ceremonies } = passkeys
  const routes = new Hono<WebEnv>()

  routes.get(paths.passkeys, async (context) => {
    return context.html(await listPage(parts, context, signedIn(context)))
  })

  routes.post(paths.passkeyChallenge, async (context) => {
    const session = signedIn(context)
    await readForm(context, {})
    if (ceremonies === undefined) throw new Problem({ kind: 'not-found' })
    if (!isConfirmed(parts, session)) return answerJson(context, { address: confirmation })
    const asked = await ceremonies.askForPasskey(session)
    return asked.kind === 'asked'
      ? answerAsked(parts, context, asked)
      : answerProblem(parts, context, asked)
  })

  routes.post(paths.passkeys, async (context) => {
    const session = signedIn(context)
    const { name, response } = await readForm(context, { name: textField, response: textField })
    if (ceremonies === undefined) throw new Problem({ kind: 'not-found' })
    if (!isConfirmed(parts, session)) return answerJson(context, { address: confirmation })
    const given = { name, response, cookie: takePasskeyCookie(parts, context) }
    const outcome = await ceremonies.add(session, given, clientOfRequest(context, site))
    if (outcome.kind !== 'added') return answerProblem(parts, context, outcome)
    leaveToast(cookies, context, { kind: 'passkey-added', name: outcome.name })
    return answerJson(context, { address: paths.passkeys })
  })

  routes.post(paths.passkeyName, async (context) => {
    const session = signedIn(context)
    const { name } = await readForm(context, { name: textField })
    const passkeyId = asPasskeyId(context.req.param('passkeyId'))
    const outcome = await passkeys.rename(session, { passkeyId, name })
    switch (outcome) {
      case 'renamed':
        leaveToast(cookies, context, { kind: 'passkey-renamed' })
        return context.redirect(paths.passkeys, 303)
      case 'not-found':
        throw new Problem({ kind: 'not-found' })
      case 'no-name':
        return context.html(await listPage(parts, context, session, { passkeyId }), 400)
    }
  })

  routes.post(paths.passkeyRemoval, async (context) => {
    const session = signedIn(context)
    await readForm(context, {})
    if (!isConfirmed(parts, session)) return context.redirect(confirmation, 303)
    const passkeyId = asPasskeyId(context.req.param('passkeyId'))
    const name = await passkeys.remove(session, passkeyId, clientOfRequest(context, site))
    if (name === undefined) throw new Problem({ kind: 'not-found' })
    leaveToast(cookies, context, { kind: 'passkey-removed', name })
    return context.redirect(paths.passkeys, 303)
  })

  routes.post(paths.confirmationChallenge, async (context) => {
    const session = signedIn(context)
    await readForm(context, {})
    if (ceremonies === undefined) throw new Problem({ kind: 'not-found' })
    const asked = await ceremonies.askForConfirmation(session, clientOfRequest(context, site))
    return asked.kind === 'asked'
      ? answerAsked(parts, context, asked)
      : answerProblem(parts, context, asked)
  })

  routes.post(paths.passkeyConfirmation, async (context) => {
    const session = signedIn(context)
    const form = await readForm(context, { response: textField, returnTo: textField })
    if (ceremonies === undefined) throw new Problem({ kind: 'not-found' })
    const given = { response: form.response, cookie: takePasskeyCookie(parts, context) }
    const outcome = await ceremonies.confirm(session, given, clientOfRequest(context, site))
    if (outcome.kind !== 'confirmed') return answerProblem(parts, context, outcome)
    keepSession(cookies, context, outcome)
    leaveToast(cookies, context, { kind: 'confirmed' })
    return answerJson(context, { address: safeReturnTo(form.returnTo) ?? paths.settings })
  })

  return routes
}

async function listPage(
  { accounts, pages, site }: RouteParts,
  context: WebContext,
  session: Session,
  unnamed?: PasskeysPage['unnamed'],
) {
  const [frame, passkeys] = await Promise.all([
    pages.appFrame(context, session),
    accounts.passkeys.list(session.accountId),
  ])
  return passkeysPage({
    frame,
    passkeys,
    canAdd: accounts.passkeys.ceremonies !== undefined,
    suggestedName: browserInWords(clientOfRequest(context, site).userAgent),
    unnamed,
  })
}
