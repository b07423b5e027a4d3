// The pages of a visitor who can't sign up, or who needs a link by mail first.
import type { WhyNotAdmitted } from '../../accounts/accounts.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { signUpAddressPage, type SignUpAddressPage } from './views/sign-up-address.ts'
import { signUpRefusedPage } from './views/sign-up-refused.ts'

/** Answers with the page that mails a link to the address that a visitor types. */
export async function askForAddress(
  { accounts, pages }: RouteParts,
  context: WebContext,
  page: Omit<SignUpAddressPage, 'frame' | 'domains' | 'signOnLabel'>,
  status: 200 | 400 | 403 | 429 = 200,
): Promise<Response> {
  const { signUpRule, singleSignOn } = accounts
  const { domains } = signUpRule
  const frame = pages.frame(context)
  const signOnLabel = singleSignOn?.label
  return context.html(signUpAddressPage({ ...page, frame, domains, signOnLabel }), status)
}

export async function refuseSignUp(
  parts: RouteParts,
  context: WebContext,
  why: WhyNotAdmitted,
  status: 200 | 403 | 404,
): Promise<Response> {
  if (why === 'address-needed' || why === 'other-domain') {
    return await askForAddress(parts, context, { state: 'asked' }, 403)
  }
  const { domains, mode } = parts.accounts.signUpRule
  const page = signUpRefusedPage({
    frame: parts.pages.frame(context),
    why,
    mayAskForLink: mode !== 'closed' && domains.length > 0,
    contact: parts.site.securityContact,
  })
  return context.html(page, status)
}
