// GET and POST /forgotten-password and /password-reset: mails a link to a new password, and sets that password.
import { minimumPasswordLength } from '../../accounts/accounts.ts'
import { logInAddress, paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { sessionCookie } from '../cookies.ts'
import { readForm, textField } from '../read-form.ts'
import { queryValue } from '../read-query.ts'
import type { Route } from '../routes.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { forgottenPasswordPage } from './views/forgotten-password.ts'
import { passwordResetPage, type PasswordResetPage } from './views/password-reset.ts'

export const forgottenPasswordRoutes: readonly Route[] = [
  ['GET', paths.forgottenPassword, showForgottenPassword],
  ['POST', paths.forgottenPassword, mailResetLink],
  ['GET', paths.passwordReset, showPasswordReset],
  ['POST', paths.passwordReset, resetPassword],
]

function showForgottenPassword(
  { mail, pages }: RouteParts,
  context: WebContext,
): Response | Promise<Response> {
  const state = mail.isOn ? 'asked' : 'mail-off'
  return context.html(forgottenPasswordPage({ frame: pages.frame(context), state }))
}

async function mailResetLink(
  { accounts, mail, pages, site }: RouteParts,
  context: WebContext,
): Promise<Response> {
  const { emailAddress } = await readForm(context, { emailAddress: textField })
  const frame = pages.frame(context)
  if (!mail.isOn) {
    return context.html(forgottenPasswordPage({ frame, state: 'mail-off' }), 404)
  }
  const outcome = await accounts.askForReset(emailAddress, clientOfRequest(context, site))
  if (outcome.kind === 'noted') {
    return context.html(forgottenPasswordPage({ frame, state: 'noted' }))
  }
  const page = forgottenPasswordPage({ frame, state: 'asked', refusal: outcome, emailAddress })
  return context.html(page, outcome.kind === 'refused' ? 400 : 429)
}

/** Opening the link changes nothing; the form on its page does. */
async function showPasswordReset(parts: RouteParts, context: WebContext): Promise<Response> {
  return await answerReset(parts, context, queryValue(context, 'link') ?? '')
}

async function resetPassword(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accounts, connections, cookies, site } = parts
  const { link, newPassword } = await readForm(context, {
    link: textField,
    username: textField, // for password managers only; the account comes from the link
    newPassword: textField,
  })
  const given = { secret: link, newPassword }
  const outcome = await accounts.resetPassword(given, clientOfRequest(context, site))
  switch (outcome.kind) {
    case 'reset':
      await connections.forgetRequests(outcome.accountId)
      if (context.get('session')?.accountId === outcome.accountId) {
        cookies.remove(context, sessionCookie)
      }
      return context.redirect(logInAddress({ reason: 'password-reset' }), 303)
    case 'expired':
      return await answerReset(parts, context, link)
    case 'refused':
    case 'too-many':
    case 'busy':
      return await answerReset(parts, context, link, outcome)
  }
}

async function answerReset(
  { accounts, pages }: RouteParts,
  context: WebContext,
  link: string,
  refusal?: PasswordResetPage['refusal'],
): Promise<Response> {
  const found = await accounts.findLink('reset-password', link)
  const open = found && { link, minimumPasswordLength, username: found.username }
  const page = passwordResetPage({ frame: pages.frame(context), open, refusal })
  return context.html(page, found === undefined ? 404 : statusOf(refusal))
}

function statusOf(refusal: PasswordResetPage['refusal']): 200 | 400 | 429 | 503 {
  switch (refusal?.kind) {
    case undefined:
      return 200
    case 'refused':
      return 400
    case 'too-many':
      return 429
    case 'busy':
      return 503
  }
}
