// Forgotten passwords, and the pages behind mailed links. Opening a link changes nothing; the form on its page does.
import { Hono } from 'hono'
import { minimumPasswordLength } from '../../accounts/accounts.ts'
import { logInAddress, paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { sessionCookie } from '../cookies.ts'
import { readForm, textField } from '../read-form.ts'
import { queryValue } from '../read-query.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import { confirmAddressPage, type ConfirmAddressPage } from './views/confirm-address.ts'
import { forgottenPasswordPage } from './views/forgotten-password.ts'
import { passwordResetPage, type PasswordResetPage } from './views/password-reset.ts'

export function mailedLinkRoutes(parts: RouteParts) {
  const { accounts, connections, cookies, mail, pages, site } = parts
  const routes = new Hono<WebEnv>()

  routes.get(paths.forgottenPassword, (context) => {
    const state = mail.isOn ? 'asked' : 'mail-off'
    return context.html(forgottenPasswordPage({ frame: pages.frame(context), state }))
  })

  routes.post(paths.forgottenPassword, async (context) => {
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
  })

  routes.get(paths.passwordReset, async (context) => {
    const link = queryValue(context, 'link') ?? ''
    return await resetPage(context, link)
  })

  routes.post(paths.passwordReset, async (context) => {
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
        return await resetPage(context, link)
      case 'refused':
      case 'too-many':
      case 'busy':
        return await resetPage(context, link, outcome)
    }
  })

  routes.get(paths.addressConfirmation, async (context) => {
    const link = queryValue(context, 'link') ?? ''
    const found = await accounts.findLink('verify-address', link)
    return confirmation(
      context,
      found === undefined ? { kind: 'expired' } : { kind: 'asked', link, ...found },
    )
  })

  routes.post(paths.addressConfirmation, async (context) => {
    const { link } = await readForm(context, { link: textField })
    return confirmation(
      context,
      await accounts.confirmAddress(link, clientOfRequest(context, site)),
    )
  })

  async function resetPage(
    context: WebContext,
    link: string,
    refusal?: PasswordResetPage['refusal'],
  ): Promise<Response> {
    const found = await accounts.findLink('reset-password', link)
    const open = found && { link, minimumPasswordLength, username: found.username }
    const page = passwordResetPage({ frame: pages.frame(context), open, refusal })
    return context.html(page, found === undefined ? 404 : statusOf(refusal))
  }

  function confirmation(
    context: WebContext,
    state: ConfirmAddressPage['state'],
  ): Response | Promise<Response> {
    const status = state.kind === 'expired' ? 404 : state.kind === 'too-many' ? 429 : 200
    return context.html(confirmAddressPage({ frame: pages.frame(context), state }), status)
  }

  return routes
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
