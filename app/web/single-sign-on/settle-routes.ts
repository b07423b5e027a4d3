// What follows the first log-in through the identity provider: linking the account with the same address, or a new one.
import { enter, statusOf } from '../account/enter.ts'
import { openInvitation } from '../account/open-invitation.ts'
import { confirmationAddress, paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { isConfirmed } from '../confirming/is-confirmed.ts'
import { arrivalCookie } from '../cookies.ts'
import { signedIn } from '../pages.ts'
import { readForm, textField } from '../read-form.ts'
import { safeReturnTo } from '../return-to.ts'
import type { Route } from '../routes.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { WebContext } from '../web-parts.ts'
import { refuseSignOn } from './refuse-sign-on.ts'
import type { SignOnParts } from './sign-on-parts.ts'
import { chooseNamePage } from './views/choose-name.ts'
import { linkAccountPage } from './views/link-account.ts'

export const settleRoutes: readonly Route<SignOnParts>[] = [
  ['GET', paths.signOnLink, showLink],
  ['POST', paths.signOnLink, linkIdentity],
  ['GET', paths.signOnSignUp, showNameChoice],
  ['POST', paths.signOnSignUp, signUpWithIdentity],
  ['POST', paths.signOnEnding, unlinkIdentity],
]

async function showLink(parts: SignOnParts, context: WebContext): Promise<Response> {
  const { pages, signOn } = parts
  const { username } = signedIn(context)
  const arrival = await signOn.findArrival(secretOf(parts, context))
  if (arrival === undefined) return await refuseSignOn(parts, context, 'unknown')
  const { emailAddress } = arrival
  const frame = pages.frame(context)
  return context.html(linkAccountPage({ frame, label: signOn.label, emailAddress, username }))
}

async function linkIdentity(parts: SignOnParts, context: WebContext): Promise<Response> {
  const { cookies, signOn } = parts
  const session = signedIn(context)
  await readForm(context, {})
  const secret = secretOf(parts, context)
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
      return await refuseSignOn(parts, context, 'unknown')
    case 'other-address':
    case 'linked-already':
      return await refuseSignOn(parts, context, linked.kind)
  }
}

async function showNameChoice(parts: SignOnParts, context: WebContext): Promise<Response> {
  const { pages, signOn } = parts
  if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
  const arrival = await signOn.findArrival(secretOf(parts, context))
  if (arrival === undefined) return await refuseSignOn(parts, context, 'unknown')
  const { emailAddress, suggestedName: username } = arrival
  const frame = pages.frame(context)
  return context.html(chooseNamePage({ frame, label: signOn.label, emailAddress, username }))
}

async function signUpWithIdentity(parts: SignOnParts, context: WebContext): Promise<Response> {
  const { cookies, pages, signOn, site } = parts
  const { timeZone, username } = await readForm(context, {
    username: textField,
    timeZone: textField,
  })
  if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
  const secret = secretOf(parts, context)
  const arrival = await signOn.findArrival(secret)
  const invitation = await openInvitation(parts, context)
  const given = { username, timeZone, invitation }
  const outcome = await signOn.signUp(secret, given, clientOfRequest(context, site))
  switch (outcome.kind) {
    case 'signed-in':
      cookies.remove(context, arrivalCookie)
      return await enter(parts, context, outcome, arrival?.returnTo ?? '')
    case 'expired':
      return await refuseSignOn(parts, context, 'unknown')
    case 'not-admitted':
      return await refuseSignOn(parts, context, outcome.why)
    case 'refused':
    case 'username-taken':
    case 'too-many':
    case 'busy': {
      const emailAddress = arrival?.emailAddress ?? ''
      const shown = { label: signOn.label, emailAddress, username, outcome }
      const page = chooseNamePage({ ...shown, frame: pages.frame(context) })
      return context.html(page, statusOf(outcome))
    }
  }
}

async function unlinkIdentity(parts: SignOnParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  await readForm(context, {})
  if (!isConfirmed(parts, session)) {
    return context.redirect(confirmationAddress({ returnTo: paths.settings }), 303)
  }
  const isUnlinked = await parts.signOn.unlink(session)
  const what = isUnlinked ? 'unlinked' : 'kept'
  leaveToast(parts.cookies, context, { kind: 'sign-on', what })
  return context.redirect(paths.settings, 303)
}

function secretOf({ cookies }: SignOnParts, context: WebContext): string {
  return cookies.read(context, arrivalCookie) ?? ''
}
