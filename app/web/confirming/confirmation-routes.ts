// GET and POST /confirmation: confirms who the person is, and leads back to where they were.
import type { Session } from '../../accounts/accounts.ts'
import { paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { signedIn } from '../pages.ts'
import { readForm, textField } from '../read-form.ts'
import { queryValue } from '../read-query.ts'
import { safeReturnTo } from '../return-to.ts'
import type { Route } from '../routes.ts'
import { keepSession } from '../session-cookie.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { proofOf } from './own-proof.ts'
import { problemOf } from './refusal.ts'
import { confirmationPage, type ConfirmationPage } from './views/confirmation.ts'

export const confirmationRoutes: readonly Route[] = [
  ['GET', paths.confirmation, showConfirmation],
  ['POST', paths.confirmation, confirm],
]

async function showConfirmation(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const returnTo = safeReturnTo(queryValue(context, 'returnTo'))
  return context.html(await pageOf(parts, context, session, { returnTo }))
}

async function confirm(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accounts, cookies, site } = parts
  const session = signedIn(context)
  const { code, password, returnTo } = await readForm(context, {
    username: textField, // for password managers only; the account comes from the session
    password: textField,
    code: textField,
    returnTo: textField,
  })
  const address = safeReturnTo(returnTo)
  const client = clientOfRequest(context, site)
  const outcome = await accounts.confirmPassword(session, { password, code }, client)
  if (outcome.kind === 'confirmed') {
    keepSession(cookies, context, outcome)
    leaveToast(cookies, context, { kind: 'confirmed' })
    return context.redirect(address ?? paths.settings, 303)
  }
  const refusal =
    outcome.kind === 'wrong' || outcome.kind === 'wrong-code' || outcome.kind === 'elsewhere'
      ? ({ kind: 'refused', problems: [problemOf(outcome.kind, 'password')] } as const)
      : outcome
  const status = { refused: 403, 'too-many': 429, busy: 503 } as const
  const shown = await pageOf(parts, context, session, { returnTo: address, refusal })
  return context.html(shown, status[refusal.kind])
}

async function pageOf(
  parts: RouteParts,
  context: WebContext,
  session: Session,
  shown: Pick<ConfirmationPage, 'returnTo' | 'refusal'>,
) {
  const { accounts, pages } = parts
  const { accountId } = session
  const [factor, passkeys, proof] = await Promise.all([
    accounts.secondFactor.find(accountId),
    accounts.passkeys.list(accountId),
    proofOf(parts, session),
  ])
  return confirmationPage({
    frame: pages.frame(context),
    username: session.username,
    proof,
    asksForCode: factor.kind === 'on',
    hasPasskey: passkeys.length > 0 && accounts.passkeys.ceremonies !== undefined,
    ...shown,
  })
}
