// Answers with the settings page, or with it again when one of its forms was refused.
import { minimumPasswordLength, type Session } from '../../accounts/accounts.ts'
import { proofOf } from '../confirming/own-proof.ts'
import { problemOf, type OwnRefusal } from '../confirming/refusal.ts'
import { signedIn } from '../pages.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { settingsPage, type SettingsRefusal } from './views/settings.ts'

export async function showSettings(parts: RouteParts, context: WebContext): Promise<Response> {
  return context.html(await pageOf(parts, context, signedIn(context)))
}

export async function refuseSettings(
  parts: RouteParts,
  context: WebContext,
  refused: SettingsRefusal,
): Promise<Response> {
  const statuses = { refused: 400, 'too-many': 429, busy: 503 } as const
  const page = await pageOf(parts, context, signedIn(context), refused)
  return context.html(page, statuses[refused.outcome.kind])
}

export type PasswordOutcome = { readonly kind: OwnRefusal } | SettingsRefusal['outcome']

/** Reports a wrong password or code beside the field in which it was typed. */
export function wrongAs(field: string, outcome: PasswordOutcome): SettingsRefusal['outcome'] {
  switch (outcome.kind) {
    case 'wrong':
    case 'wrong-code':
    case 'elsewhere':
      return { kind: 'refused', problems: [problemOf(outcome.kind, field)] }
    default:
      return outcome
  }
}

async function pageOf(
  parts: RouteParts,
  context: WebContext,
  session: Session,
  refused?: SettingsRefusal,
) {
  const { singleSignOn } = parts.accounts
  const [frame, sessions, address, factor, passkeys, signOn, { underWay }, proof] =
    await Promise.all([
      parts.pages.appFrame(context, session),
      parts.accounts.listSessions(session.accountId),
      parts.accounts.findOwnAddress(session.accountId),
      parts.accounts.secondFactor.find(session.accountId),
      parts.accounts.passkeys.list(session.accountId),
      singleSignOn?.find(session.accountId),
      parts.changes.listOpen(session.accountId),
      proofOf(parts, session),
    ])
  return settingsPage({
    frame,
    address,
    asksForCode: factor.kind === 'on',
    proof,
    passkeys: passkeys.length,
    singleSignOn: singleSignOn &&
      signOn && { ...signOn, label: singleSignOn.label, hasAddress: address.isVerified },
    timeZones: Intl.supportedValuesOf('timeZone'),
    minimumPasswordLength,
    sessions: sessions.map((one) => ({ ...one, isCurrent: one.sessionId === session.sessionId })),
    underWay,
    refused,
  })
}
