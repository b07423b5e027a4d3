// Answers a log-in through the identity provider that did not work, in words.
import type { WebContext } from '../web-parts.ts'
import type { SignOnParts } from './sign-on-parts.ts'
import { signOnRefusedPage, type SignOnRefusedPage } from './views/sign-on-refused.ts'

type Why = SignOnRefusedPage['why']

export async function refuseSignOn(
  { accounts, pages, signOn, site }: SignOnParts,
  context: WebContext,
  why: Why,
): Promise<Response> {
  const page = signOnRefusedPage({
    frame: pages.frame(context),
    label: signOn.label,
    why,
    contact: site.securityContact,
    domains: accounts.signUpRule.domains,
  })
  return context.html(page, statusOfRefusal(why))
}

function statusOfRefusal(why: Why): 403 | 404 | 409 | 503 {
  switch (why) {
    case 'unreachable':
      return 503
    case 'unknown':
      return 404
    case 'other-address':
    case 'linked-already':
      return 409
    default:
      return 403
  }
}
