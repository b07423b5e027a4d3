// GET and POST /signup, and POST /signup/link where a link must be mailed first.
import { Hono } from 'hono'
import { minimumPasswordLength, type WhyNotAdmitted } from '../../accounts/accounts.ts'
import { paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { readForm, textField } from '../read-form.ts'
import { queryValue } from '../read-query.ts'
import { safeReturnTo } from '../return-to.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import { enter, statusOf } from './enter.ts'
import { openInvitation } from './open-invitation.ts'
import { signUpAddressPage, type SignUpAddressPage } from './views/sign-up-address.ts'
import { signUpRefusedPage } from './views/sign-up-refused.ts'
import { signUpPage } from './views/sign-up.ts'

export function signUpRoutes(parts: RouteParts) {
  const { accounts, pages, site } = parts
  const { domains, mode } = accounts.signUpRule
  const signOnLabel = accounts.singleSignOn?.label
  const routes = new Hono<WebEnv>()

  routes.get(paths.signUp, async (context) => {
    if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
    const secret = queryValue(context, 'link')
    const link = secret === undefined ? undefined : await accounts.findSignUpLink(secret)
    if (secret !== undefined && link === undefined) return refused(context, 'link-expired', 404)
    if (link === undefined) {
      const why = await whyNot(context)
      if (why !== undefined) return refused(context, why, 200)
      if (domains.length > 0) return addressPage(context, { state: 'asked' })
    }
    const page = signUpPage({
      frame: pages.frame(context),
      minimumPasswordLength,
      signOnLabel,
      link: link && { secret: secret ?? '', emailAddress: link.emailAddress },
      returnTo: safeReturnTo(queryValue(context, 'returnTo')),
    })
    return context.html(page)
  })

  routes.post(paths.signUp, async (context) => {
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
    if (outcome.kind === 'not-admitted') return refused(context, outcome.why, 403)
    const { username, emailAddress } = form
    const found = link === undefined ? undefined : await accounts.findSignUpLink(link)
    const page = signUpPage({
      frame: pages.frame(context),
      minimumPasswordLength,
      signOnLabel,
      values: { username, emailAddress },
      outcome,
      link: found && { secret, emailAddress: found.emailAddress },
      returnTo: safeReturnTo(returnTo),
    })
    return context.html(page, statusOf(outcome))
  })

  routes.post(paths.signUpLink, async (context) => {
    const { emailAddress } = await readForm(context, { emailAddress: textField })
    const invitation = await openInvitation(parts, context)
    const asked = { emailAddress, invitation }
    const outcome = await accounts.askForSignUpLink(asked, clientOfRequest(context, site))
    switch (outcome.kind) {
      case 'mailed':
        return addressPage(context, { state: 'mailed', emailAddress })
      case 'not-admitted':
        return refused(context, outcome.why, 403)
      case 'refused':
      case 'too-many': {
        const status = outcome.kind === 'refused' ? 400 : 429
        return addressPage(context, { state: 'asked', emailAddress, refusal: outcome }, status)
      }
    }
  })

  /** Returns why a visitor without a link may not sign up. */
  async function whyNot(context: WebContext): Promise<'closed' | 'invitation-needed' | undefined> {
    if (mode === 'closed') return 'closed'
    const isInvited = mode === 'open' || (await openInvitation(parts, context)) !== undefined
    return isInvited ? undefined : 'invitation-needed'
  }

  function addressPage(
    context: WebContext,
    page: Omit<SignUpAddressPage, 'frame' | 'domains' | 'signOnLabel'>,
    status: 200 | 400 | 403 | 429 = 200,
  ): Response | Promise<Response> {
    return context.html(
      signUpAddressPage({ ...page, frame: pages.frame(context), domains, signOnLabel }),
      status,
    )
  }

  function refused(
    context: WebContext,
    why: WhyNotAdmitted,
    status: 200 | 403 | 404,
  ): Response | Promise<Response> {
    if (why === 'address-needed' || why === 'other-domain') {
      return addressPage(context, { state: 'asked' }, 403)
    }
    const page = signUpRefusedPage({
      frame: pages.frame(context),
      why,
      mayAskForLink: mode !== 'closed' && domains.length > 0,
      contact: site.securityContact,
    })
    return context.html(page, status)
  }

  return routes
}
