// Answers a log-in through the identity provider that did not work, in words.
import type { SingleSignOn } from '../../accounts/accounts.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { signOnRefusedPage, type SignOnRefusedPage } from './views/sign-on-refused.ts'

type Why = SignOnRefusedPage['why']

export function refuseSignOn(
  { accounts, pages, site }: RouteParts,
  { label }: SingleSignOn,
): (context: WebContext, why: Why) => Response | Promise<Response> {
  return (context, why) => {
    const page = signOnRefusedPage({
      frame: pages.frame(context),
      label,
      why,
      contact: site.securityContact,
      domains: accounts.signUpRule.domains,
    })
    return context.html(page, statusOfRefusal(why))
  }
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
