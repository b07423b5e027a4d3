// POST /settings/sessions/…: logs out one of a person's browsers, or all others.
import { asSessionId } from '../../support/ids.ts'
import { confirmationAddress, paths } from '../addresses.ts'
import { isConfirmed } from '../confirming/is-confirmed.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { readForm } from '../read-form.ts'
import { valueInPath } from '../request-path.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'

const confirmation = confirmationAddress({ returnTo: paths.settings })

export async function endOtherSessionsFromForm(
  parts: RouteParts,
  context: WebContext,
): Promise<Response> {
  const session = signedIn(context)
  await readForm(context, {})
  if (!isConfirmed(parts, session)) return context.redirect(confirmation, 303)
  const sessions = await parts.accounts.endOtherSessions(session)
  leaveToast(parts.cookies, context, { kind: 'sessions-ended', sessions })
  return context.redirect(paths.settings, 303)
}

export async function endOneSessionFromForm(
  parts: RouteParts,
  context: WebContext,
): Promise<Response> {
  const session = signedIn(context)
  await readForm(context, {})
  if (!isConfirmed(parts, session)) return context.redirect(confirmation, 303)
  const sessionId = asSessionId(valueInPath(context, 'sessionId'))
  const isEnded = await parts.accounts.endSession(session, sessionId)
  if (!isEnded) throw new Problem({ kind: 'not-found' })
  leaveToast(parts.cookies, context, { kind: 'sessions-ended', sessions: 1 })
  return context.redirect(paths.settings, 303)
}
