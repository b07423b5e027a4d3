// One account, as operators see it, and what they can do with it.
import { Hono } from 'hono'
import type { ListedAccount, Session } from '../../accounts/accounts.ts'
import { asAccountId } from '../../support/ids.ts'
import { isConfirmed } from '../confirming/is-confirmed.ts'
import { addressOf, confirmationAddress, paths } from '../addresses.ts'
import { Problem } from '../problem.ts'
import { readForm, textField } from '../read-form.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { OperatorToast } from './operator-toast.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import { operatorSession } from './operator-session.ts'
import { operatedAccountPage, type OperatedAccountPage } from './views/account.ts'

export function operatedAccountRoutes(parts: RouteParts) {
  const { accounts, changes, connections, live } = parts
  const { operating } = accounts
  const routes = new Hono<WebEnv>()

  routes.get(paths.operatorAccount, async (context) => {
    const session = operatorSession(context)
    return await accountPage(context, session, await accountOfPath(context))
  })

  action(paths.accountLocking, async (session, account) => {
    const { accountId, username } = account
    const endChanges = changes.endAllOf
    const locked = await operating.lock({ by: session.accountId, accountId, endChanges })
    if (locked.kind === 'own' || locked.kind === 'last-operator') return locked.kind
    await connections.forgetRequests(accountId)
    live.changed(accountId)
    return { kind: 'operator', what: 'locked', name: username }
  })

  action(paths.accountUnlocking, async (session, { accountId, username }) => {
    await operating.unlock(session.accountId, accountId)
    return { kind: 'operator', what: 'unlocked', name: username }
  })

  action(paths.accountSessionsEnding, async (session, { accountId }) => {
    const sessions = await operating.endSessions(session.accountId, accountId)
    live.changed(accountId)
    return { kind: 'sessions-ended', sessions }
  })

  action(paths.accountResetLink, async (session, { accountId, emailAddress }) => {
    const mailed = await operating.mailResetLink(session.accountId, accountId)
    if (mailed.kind === 'no-account') throw new Problem({ kind: 'not-found' })
    if (mailed.kind !== 'mailed') return mailed.kind
    return { kind: 'operator', what: 'reset-link-mailed', name: emailAddress ?? '' }
  })

  action(paths.operatorRole, async (session, { accountId, username }, isOperator) => {
    if (isOperator === 'yes') {
      await operating.makeOperator(session.accountId, accountId)
      return { kind: 'operator', what: 'made-operator', name: username }
    }
    const changed = await operating.unmakeOperator(session.accountId, accountId)
    if (changed.kind === 'last-operator') return changed.kind
    return { kind: 'operator', what: 'unmade-operator', name: username }
  })

  type Done = OperatorToast | { readonly kind: 'sessions-ended'; readonly sessions: number }
  type Act = (
    session: Session,
    account: ListedAccount,
    isOperator: string,
  ) => Promise<Done | NonNullable<OperatedAccountPage['refusal']>>

  /** Registers an action; each needs a password that was confirmed lately. */
  function action(path: string, act: Act): void {
    routes.post(path, async (context) => {
      const session = operatorSession(context)
      const { isOperator } = await readForm(context, { isOperator: textField })
      const account = await accountOfPath(context)
      const address = addressOf(paths.operatorAccount, { accountId: account.accountId })
      if (!isConfirmed(parts, session)) {
        return context.redirect(confirmationAddress({ returnTo: address }), 303)
      }
      const done = await act(session, account, isOperator)
      if (typeof done === 'string') return await accountPage(context, session, account, done)
      leaveToast(parts.cookies, context, done)
      // An operator who unmakes themselves sees these pages no longer.
      const isOwn = account.accountId === session.accountId
      const isLeaving = isOwn && path === paths.operatorRole && isOperator !== 'yes'
      return context.redirect(isLeaving ? paths.home : address, 303)
    })
  }

  async function accountOfPath(context: WebContext): Promise<ListedAccount> {
    const found = await operating.find(asAccountId(context.req.param('accountId') ?? ''))
    if (found === undefined) throw new Problem({ kind: 'not-found' })
    return found
  }

  async function accountPage(
    context: WebContext,
    session: Session,
    account: ListedAccount,
    refusal?: OperatedAccountPage['refusal'],
  ): Promise<Response> {
    const [frame, sessions, owned] = await Promise.all([
      parts.pages.appFrame(context, session),
      accounts.listSessions(account.accountId),
      connections.list(account.accountId),
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

  return routes
}
