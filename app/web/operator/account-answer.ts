// Finds the account in an operator's address, and answers with its page.
import type { ListedAccount, Session } from '../../accounts/accounts.ts'
import { asAccountId } from '../../support/ids.ts'
import { Problem } from '../problem.ts'
import { valueInPath } from '../request-path.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { operatedAccountPage, type OperatedAccountPage } from './views/account.ts'

export async function accountOfPath(
  { accounts }: RouteParts,
  context: WebContext,
): Promise<ListedAccount> {
  const found = await accounts.operating.find(asAccountId(valueInPath(context, 'accountId')))
  if (found === undefined) throw new Problem({ kind: 'not-found' })
  return found
}

export async function answerAccount(
  parts: RouteParts,
  context: WebContext,
  session: Session,
  account: ListedAccount,
  refusal?: OperatedAccountPage['refusal'],
): Promise<Response> {
  const [frame, sessions, owned] = await Promise.all([
    parts.pages.appFrame(context, session),
    parts.accounts.listSessions(account.accountId),
    parts.connections.list(account.accountId),
  ])
  const page = operatedAccountPage({
    frame,
    account,
    isOwn: account.accountId === session.accountId,
    sessions: sessions.length,
    lastSeenAt: sessions[0]?.lastSeenAt,
    connections: owned,
    canMail: parts.mail.isOn,
    refusal,
  })
  return context.html(page, refusal === undefined ? 200 : 409)
}
