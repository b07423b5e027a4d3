// Two-step verification in the settings: setting it up, new recovery codes, turning it off.
import type { Session } from '../../accounts/accounts.ts'
import { confirmationAddress, paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { isConfirmed } from '../confirming/is-confirmed.ts'
import { proofOf } from '../confirming/own-proof.ts'
import { problemOf } from '../confirming/refusal.ts'
import { signedIn } from '../pages.ts'
import { readForm, textField } from '../read-form.ts'
import type { Route } from '../routes.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { factorSetUpPage } from './views/factor-set-up.ts'
import { recoveryCodesPage } from './views/recovery-codes.ts'
import { twoStepPage, type TwoStepPage } from './views/two-step.ts'

export const twoStepRoutes: readonly Route[] = [
  ['GET', paths.twoStep, showTwoStep],
  ['POST', paths.factorSetUp, beginSetUp],
  ['POST', paths.twoStep, turnOn],
  ['POST', paths.recoveryCodes, renewRecoveryCodes],
  ['POST', paths.twoStepEnding, turnOff],
]

const confirmation = confirmationAddress({ returnTo: paths.twoStep })

async function showTwoStep(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  return (
    (await setUpPage(parts, context, session)) ??
    context.html(await statePage(parts, context, session))
  )
}

async function beginSetUp(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  await readForm(context, {})
  if (!isConfirmed(parts, session)) return context.redirect(confirmation, 303)
  await parts.accounts.secondFactor.beginSetUp(session)
  return context.redirect(paths.twoStep, 303)
}

async function turnOn(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accounts, pages, site } = parts
  const session = signedIn(context)
  const { code } = await readForm(context, { code: textField })
  const client = clientOfRequest(context, site)
  const outcome = await accounts.secondFactor.turnOn(session, code, client)
  switch (outcome.kind) {
    case 'on': {
      const { codes, sessionsEnded } = outcome
      const frame = pages.frame(context)
      return context.html(recoveryCodesPage({ frame, codes: texts(codes), sessionsEnded }))
    }
    case 'wrong-code': {
      const refused = await setUpPage(parts, context, session, true)
      return refused ?? context.redirect(paths.twoStep, 303)
    }
    case 'expired':
      // Set up already, by the same form sent twice, or begun too long ago: the page says which.
      return context.redirect(paths.twoStep, 303)
  }
}

async function renewRecoveryCodes(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accounts, pages, site } = parts
  const session = signedIn(context)
  await readForm(context, {})
  if (!isConfirmed(parts, session)) return context.redirect(confirmation, 303)
  const codes = await accounts.secondFactor.renewCodes(session, clientOfRequest(context, site))
  if (codes === undefined) return context.redirect(paths.twoStep, 303)
  return context.html(recoveryCodesPage({ frame: pages.frame(context), codes: texts(codes) }))
}

async function turnOff(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accounts, cookies, site } = parts
  const session = signedIn(context)
  const given = await readForm(context, { password: textField, code: textField })
  const client = clientOfRequest(context, site)
  const outcome = await accounts.secondFactor.turnOff(session, given, client)
  switch (outcome.kind) {
    case 'off':
      leaveToast(cookies, context, { kind: 'two-step-off' })
      return context.redirect(paths.settings, 303)
    case 'was-off':
      leaveToast(cookies, context, { kind: 'unchanged' })
      return context.redirect(paths.settings, 303)
    case 'wrong':
    case 'wrong-code':
    case 'elsewhere': {
      const problems = [problemOf(outcome.kind, 'password')]
      const refusal = { kind: 'refused', problems } as const
      return context.html(await statePage(parts, context, session, refusal), 403)
    }
    case 'too-many':
      return context.html(await statePage(parts, context, session, outcome), 429)
    case 'busy':
      return context.html(await statePage(parts, context, session, outcome), 503)
  }
}

/** Returns nothing when this session sets nothing up. */
async function setUpPage(
  { accounts, pages }: RouteParts,
  context: WebContext,
  session: Session,
  isWrong = false,
): Promise<Response | undefined> {
  const setUp = await accounts.secondFactor.findSetUp(session)
  if (setUp === undefined) return undefined
  const page = factorSetUpPage({
    frame: pages.frame(context),
    secret: setUp.secret.reveal(),
    address: setUp.address.reveal(),
    problems: isWrong ? [problemOf('wrong-code', '')] : [],
  })
  return context.html(page, isWrong ? 400 : 200)
}

async function statePage(
  parts: RouteParts,
  context: WebContext,
  session: Session,
  refusal?: TwoStepPage['refusal'],
) {
  const { accounts, pages } = parts
  const [frame, factor, proof] = await Promise.all([
    pages.appFrame(context, session),
    accounts.secondFactor.find(session.accountId),
    proofOf(parts, session),
  ])
  return twoStepPage({ frame, factor, proof, refusal })
}

function texts(codes: readonly { readonly reveal: () => string }[]): readonly string[] {
  return codes.map((code) => code.reveal())
}
