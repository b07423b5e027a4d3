// GET /operator: the accounts, and a link to let one more person sign up.
import type { SignUpLinkMade } from '../../accounts/accounts.ts'
import { asAccountId } from '../../support/ids.ts'
import { isConfirmed } from '../confirming/is-confirmed.ts'
import { accountListAddress, confirmationAddress, paths } from '../addresses.ts'
import { readForm, textField } from '../read-form.ts'
import { queryValue } from '../read-query.ts'
import type { Route } from '../routes.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { operatorSession } from './operator-session.ts'
import { accountListPage } from './views/account-list.ts'

const accountsPerPage = 50
const longestTyped = 300

export const accountListRoutes: readonly Route[] = [
  ['GET', paths.operator, showAccounts],
  ['POST', paths.operatorSignUpLink, makeSignUpLink],
]

async function showAccounts(parts: RouteParts, context: WebContext): Promise<Response> {
  return await answerList(parts, context)
}

async function makeSignUpLink(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = operatorSession(context)
  const { emailAddress } = await readForm(context, { emailAddress: textField })
  if (!isConfirmed(parts, session)) {
    const returnTo = accountListAddress({ inviting: emailAddress.slice(0, longestTyped) })
    return context.redirect(confirmationAddress({ returnTo }), 303)
  }
  const { operating } = parts.accounts
  const made = await operating.makeSignUpLink(session.accountId, emailAddress)
  if (made.kind !== 'mailed') return await answerList(parts, context, { made, emailAddress })
  const toast = { kind: 'operator', what: 'sign-up-link-mailed', name: made.emailAddress } as const
  leaveToast(parts.cookies, context, toast)
  return context.redirect(paths.operator, 303)
}

async function answerList(
  { accounts, mail, pages }: RouteParts,
  context: WebContext,
  link?: { readonly made: SignUpLinkMade; readonly emailAddress: string },
): Promise<Response> {
  const session = operatorSession(context)
  const search = (queryValue(context, 'q') ?? '').slice(0, longestTyped)
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
    canMail: mail.isOn,
    newLink: link?.made.kind === 'made' ? link.made.address : undefined,
    refusal: link?.made.kind === 'refused' ? link.made : undefined,
    typed: link?.emailAddress ?? queryValue(context, 'inviting')?.slice(0, longestTyped),
  })
  return context.html(page, link?.made.kind === 'refused' ? 400 : 200)
}
