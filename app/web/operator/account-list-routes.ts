// GET /operator: the accounts, and a link to let one more person sign up.
import { Hono } from 'hono'
import type { SignUpLinkMade } from '../../accounts/accounts.ts'
import { asAccountId } from '../../support/ids.ts'
import { isConfirmed } from '../confirming/is-confirmed.ts'
import { confirmationAddress, paths } from '../addresses.ts'
import { readForm, textField } from '../read-form.ts'
import { queryValue } from '../read-query.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import { operatorSession } from './operator-session.ts'
import { accountListPage } from './views/account-list.ts'

const accountsPerPage = 50

export function accountListRoutes(parts: RouteParts) {
  const { accounts, cookies, pages } = parts
  const routes = new Hono<WebEnv>()

  routes.get(paths.operator, async (context) => await listPage(context))

  routes.post(paths.operatorSignUpLink, async (context) => {
    const session = operatorSession(context)
    const { emailAddress } = await readForm(context, { emailAddress: textField })
    if (!isConfirmed(parts, session)) {
      return context.redirect(confirmationAddress({ returnTo: paths.operator }), 303)
    }
    const made = await accounts.operating.makeSignUpLink(session.accountId, emailAddress)
    if (made.kind !== 'mailed') return await listPage(context, { made, emailAddress })
    const toast = {
      kind: 'operator',
      what: 'sign-up-link-mailed',
      name: made.emailAddress,
    } as const
    leaveToast(cookies, context, toast)
    return context.redirect(paths.operator, 303)
  })

  async function listPage(
    context: WebContext,
    link?: { readonly made: SignUpLinkMade; readonly emailAddress: string },
  ): Promise<Response> {
    const session = operatorSession(context)
    const search = (queryValue(context, 'q') ?? '').slice(0, 300)
    const after = queryValue(context, 'after')
    const [frame, found] = await Promise.all([
      pages.appFrame(context, session),
      accounts.operating.list({
        search,
        after: after === undefined ? undefined : asAccountId(after),
        limit: accountsPerPage + 1,
      }),
    ])
    const shown = found.slice(0, accountsPerPage)
    const page = accountListPage({
      frame,
      search,
      accounts: shown,
      next: found.length > accountsPerPage ? shown.at(-1)?.accountId : undefined,
      canMail: parts.mail.isOn,
      newLink: link?.made.kind === 'made' ? link.made.address : undefined,
      refusal: link?.made.kind === 'refused' ? link.made : undefined,
      typed: link?.emailAddress,
    })
    return context.html(page, link?.made.kind === 'refused' ? 400 : 200)
  }

  return routes
}
