// GET and POST /signup, and POST /signup/link where a link must be mailed first.
import { minimumPasswordLength } from '../../accounts/accounts.ts'
import { paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { readForm, textField } from '../read-form.ts'
import { queryValue } from '../read-query.ts'
import { safeReturnTo } from '../return-to.ts'
import type { Route } from '../routes.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { enter, statusOf } from './enter.ts'
import { openInvitation } from './open-invitation.ts'
import { askForAddress, refuseSignUp } from './sign-up-answers.ts'
import { signUpPage } from './views/sign-up.ts'

export const signUpRoutes: readonly Route[] = [
  ['GET', paths.signUp, showSignUp],
  ['POST', paths.signUp, signUp],
  ['POST', paths.signUpLink, mailSignUpLink],
]

async function showSignUp(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accounts, pages } = parts
  if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
  const secret = queryValue(context, 'link')
  const link = secret === undefined ? undefined : await accounts.findSignUpLink(secret)
  if (secret !== undefined && link === undefined) {
    return await refuseSignUp(parts, context, 'link-expired', 404)
  }
  if (link === undefined) {
    const why = await whyNot(parts, context)
    if (why !== undefined) return await refuseSignUp(parts, context, why, 200)
    if (accounts.signUpRule.domains.length > 0) {
      return await askForAddress(parts, context, { state: 'asked' })
    }
  }
  const page = signUpPage({
    frame: pages.frame(context),
    minimumPasswordLength,
    signOnLabel: accounts.singleSignOn?.label,
    link: link && { secret: secret ?? '', emailAddress: link.emailAddress },
    returnTo: safeReturnTo(queryValue(context, 'returnTo')),
  })
  return context.html(page)
}

async function signUp(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accounts, pages, site } = parts
  const form = await readForm(context, {
    username: textField,
    password: textField,
    emailAddress: textField,
    timeZone: textField,
    returnTo: textField,
    link: textField,
  })
  if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
  const { link: secret, returnTo, ...given } = form
  const link = secret === '' ? undefined : secret
  const invitation = await openInvitation(parts, context)
  const wayIn = { ...given, link, invitation }
  const outcome = await accounts.signUp(wayIn, clientOfRequest(context, site))
  if (outcome.kind === 'signed-in') return await enter(parts, context, outcome, returnTo)
  if (outcome.kind === 'not-admitted') {
    return await refuseSignUp(parts, context, outcome.why, 403)
  }
  const { username, emailAddress } = form
  const found = link === undefined ? undefined : await accounts.findSignUpLink(link)
  const page = signUpPage({
    frame: pages.frame(context),
    minimumPasswordLength,
    signOnLabel: accounts.singleSignOn?.label,
    values: { username, emailAddress },
    outcome,
    link: found && { secret, emailAddress: found.emailAddress },
    returnTo: safeReturnTo(returnTo),
  })
  return context.html(page, statusOf(outcome))
}

async function mailSignUpLink(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accounts, site } = parts
  const { emailAddress } = await readForm(context, { emailAddress: textField })
  const invitation = await openInvitation(parts, context)
  const asked = { emailAddress, invitation }
  const outcome = await accounts.askForSignUpLink(asked, clientOfRequest(context, site))
  switch (outcome.kind) {
    case 'mailed':
      return await askForAddress(parts, context, { state: 'mailed', emailAddress })
    case 'not-admitted':
      return await refuseSignUp(parts, context, outcome.why, 403)
    case 'refused':
    case 'too-many': {
      const status = outcome.kind === 'refused' ? 400 : 429
      const page = { state: 'asked', emailAddress, refusal: outcome } as const
      return await askForAddress(parts, context, page, status)
    }
  }
}

/** Returns why a visitor without a link may not sign up. */
async function whyNot(
  parts: RouteParts,
  context: WebContext,
): Promise<'closed' | 'invitation-needed' | undefined> {
  const { mode } = parts.accounts.signUpRule
  if (mode === 'closed') return 'closed'
  const isInvited = mode === 'open' || (await openInvitation(parts, context)) !== undefined
  return isInvited ? undefined : 'invitation-needed'
}
