// POST /settings/…: changes the time zone, the password or the email address of an account.
import { paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { signedIn } from '../pages.ts'
import { readForm, textField } from '../read-form.ts'
import { keepSession } from '../session-cookie.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { refuseSettings, wrongAs } from './settings-answer.ts'

export async function changeTimeZoneFromForm(
  parts: RouteParts,
  context: WebContext,
): Promise<Response> {
  const session = signedIn(context)
  const { timeZone } = await readForm(context, { timeZone: textField })
  const outcome = await parts.accounts.changeTimeZone(session, timeZone)
  if (outcome.kind === 'refused') {
    return await refuseSettings(parts, context, { form: 'time-zone', outcome })
  }
  const saved = { kind: 'time-zone-saved', timeZone: outcome.session.timeZone } as const
  leaveToast(parts.cookies, context, saved)
  return context.redirect(paths.settings, 303)
}

export async function changePasswordFromForm(
  parts: RouteParts,
  context: WebContext,
): Promise<Response> {
  const { accounts, connections, cookies, site } = parts
  const session = signedIn(context)
  const change = await readForm(context, {
    username: textField, // for password managers only; the account comes from the session
    currentPassword: textField,
    code: textField,
    newPassword: textField,
  })
  const sessionsBefore = await accounts.listSessions(session.accountId)
  const outcome = await accounts.changePassword(session, change, clientOfRequest(context, site))
  if (outcome.kind !== 'changed') {
    const refusal = wrongAs('currentPassword', outcome)
    return await refuseSettings(parts, context, { form: 'password', outcome: refusal })
  }
  await connections.forgetRequests(session.accountId)
  keepSession(cookies, context, outcome)
  const sessionsEnded = Math.max(0, sessionsBefore.length - 1)
  leaveToast(cookies, context, { kind: 'password-changed', sessionsEnded })
  return context.redirect(paths.settings, 303)
}

export async function changeEmailAddressFromForm(
  parts: RouteParts,
  context: WebContext,
): Promise<Response> {
  const { accounts, cookies, site } = parts
  const session = signedIn(context)
  const form = await readForm(context, {
    emailAddress: textField,
    addressPassword: textField,
    code: textField,
  })
  const { addressPassword: password, code, emailAddress } = form
  const change = { emailAddress, password, code }
  const outcome = await accounts.changeAddress(session, change, clientOfRequest(context, site))
  switch (outcome.kind) {
    case 'link-mailed':
      leaveToast(cookies, context, { kind: 'link-mailed', emailAddress: outcome.emailAddress })
      return context.redirect(paths.settings, 303)
    case 'removed':
      leaveToast(cookies, context, { kind: 'address-removed' })
      return context.redirect(paths.settings, 303)
    case 'unchanged':
      leaveToast(cookies, context, { kind: 'unchanged' })
      return context.redirect(paths.settings, 303)
    case 'wrong':
    case 'wrong-code':
    case 'elsewhere':
    case 'refused':
    case 'too-many':
    case 'busy': {
      const refusal = wrongAs('addressPassword', outcome)
      const refused = { form: 'address', outcome: refusal, emailAddress } as const
      return await refuseSettings(parts, context, refused)
    }
  }
}
