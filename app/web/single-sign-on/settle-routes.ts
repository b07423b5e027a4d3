// What follows the first log-in through the identity provider: linking the account with the same address, or a new one.
import { Hono } from 'hono'
import type { SingleSignOn } from '../../accounts/accounts.ts'
import { enter, statusOf } from '../account/enter.ts'
import { openInvitation } from '../account/open-invitation.ts'
import { confirmationAddress, paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { isConfirmed } from '../confirming/is-confirmed.ts'
import { arrivalCookie } from '../cookies.ts'
import { signedIn } from '../pages.ts'
import { readForm, textField } from '../read-form.ts'
import { safeReturnTo } from '../return-to.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import { refuseSignOn } from './refuse-sign-on.ts'
import { chooseNamePage } from './views/choose-name.ts'
import { linkAccountPage } from './views/link-account.ts'

export function settleRoutes(parts: RouteParts, signOn: SingleSignOn) {
  const { cookies, pages, site } = parts
  const { label } = signOn
  const refuse = refuseSignOn(parts, signOn)
  const routes = new Hono<WebEnv>()

  routes.get(paths.signOnLink, async (context) => {
    const { username } = signedIn(context)
    const arrival = await signOn.findArrival(secretOf(context))
    if (arrival === undefined) return refuse(context, 'unknown')
    const { emailAddress } = arrival
    const frame = pages.frame(context)
    return context.html(linkAccountPage({ frame, label, emailAddress, username }))
  })

  routes.post(paths.signOnLink, async (context) => {
    const session = signedIn(context)
    await readForm(context, {})
    const secret = secretOf(context)
    const arrival = await signOn.findArrival(secret)
    const linked = await signOn.link(session, secret)
    switch (linked.kind) {
      case 'linked':
        cookies.remove(context, arrivalCookie)
        leaveToast(cookies, context, { kind: 'sign-on', what: 'linked' })
        return context.redirect(safeReturnTo(arrival?.returnTo) ?? paths.home, 303)
      case 'confirmation-needed':
        return context.redirect(confirmationAddress({ returnTo: paths.signOnLink }), 303)
      case 'expired':
        return refuse(context, 'unknown')
      case 'other-address':
      case 'linked-already':
        return refuse(context, linked.kind)
    }
  })

  routes.get(paths.signOnSignUp, async (context) => {
    if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
    const arrival = await signOn.findArrival(secretOf(context))
    if (arrival === undefined) return refuse(context, 'unknown')
    const { emailAddress, suggestedName } = arrival
    const frame = pages.frame(context)
    return context.html(chooseNamePage({ frame, label, emailAddress, username: suggestedName }))
  })

  routes.post(paths.signOnSignUp, async (context) => {
    const { timeZone, username } = await readForm(context, {
      username: textField,
      timeZone: textField,
    })
    if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
    const secret = secretOf(context)
    const arrival = await signOn.findArrival(secret)
    const invitation = await openInvitation(parts, context)
    const given = { username, timeZone, invitation }
    const outcome = await signOn.signUp(secret, given, clientOfRequest(context, site))
    switch (outcome.kind) {
      case 'signed-in':
        cookies.remove(context, arrivalCookie)
        return await enter(parts, context, outcome, arrival?.returnTo ?? '')
      case 'expired':
        return refuse(context, 'unknown')
      case 'not-admitted':
        return refuse(context, outcome.why)
      case 'refused':
      case 'username-taken':
      case 'too-many':
      case 'busy': {
        const frame = pages.frame(context)
        const emailAddress = arrival?.emailAddress ?? ''
        const page = chooseNamePage({ frame, label, emailAddress, username, outcome })
        return context.html(page, statusOf(outcome))
      }
    }
  })

  routes.post(paths.signOnEnding, async (context) => {
    const session = signedIn(context)
    await readForm(context, {})
    if (!isConfirmed(parts, session)) {
      return context.redirect(confirmationAddress({ returnTo: paths.settings }), 303)
    }
    const isUnlinked = await signOn.unlink(session)
    leaveToast(cookies, context, { kind: 'sign-on', what: isUnlinked ? 'unlinked' : 'kept' })
    return context.redirect(paths.settings, 303)
  })

  function secretOf(context: WebContext): string {
    return cookies.read(context, arrivalCookie) ?? ''
  }

  return routes
}
