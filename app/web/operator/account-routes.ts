// One account, as operators see it, and what they can do with it.
import { addressOf, confirmationAddress, paths } from '../addresses.ts'
import { isConfirmed } from '../confirming/is-confirmed.ts'
import { readForm, textField } from '../read-form.ts'
import type { Handler, Route } from '../routes.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { accountOfPath, answerAccount } from './account-answer.ts'
import {
  changeRole,
  endSessions,
  lock,
  sendResetLink,
  unlock,
  type AccountAction,
} from './account-actions.ts'
import { operatorSession } from './operator-session.ts'

export const operatedAccountRoutes: readonly Route[] = [
  ['GET', paths.operatorAccount, showAccount],
  ['POST', paths.accountLocking, whenConfirmed(lock)],
  ['POST', paths.accountUnlocking, whenConfirmed(unlock)],
  ['POST', paths.accountSessionsEnding, whenConfirmed(endSessions)],
  ['POST', paths.accountResetLink, whenConfirmed(sendResetLink)],
  ['POST', paths.operatorRole, whenConfirmed(changeRole)],
]

async function showAccount(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = operatorSession(context)
  return await answerAccount(parts, context, session, await accountOfPath(parts, context))
}

/** Returns the handler of an action, which needs a password that was confirmed lately. */
function whenConfirmed(act: AccountAction): Handler {
  return async (parts, context) => {
    const session = operatorSession(context)
    const { isOperator } = await readForm(context, { isOperator: textField })
    const account = await accountOfPath(parts, context)
    const address = addressOf(paths.operatorAccount, { accountId: account.accountId })
    if (!isConfirmed(parts, session)) {
      return context.redirect(confirmationAddress({ returnTo: address }), 303)
    }
    const done = await act(parts, session, account, isOperator === 'yes')
    if (typeof done === 'string') {
      return await answerAccount(parts, context, session, account, done)
    }
    leaveToast(parts.cookies, context, done)
    // An operator who unmakes themselves sees these pages no longer.
    const isOwn = account.accountId === session.accountId
    const isLeaving = isOwn && done.kind === 'operator' && done.what === 'unmade-operator'
    return context.redirect(isLeaving ? paths.home : address, 303)
  }
}
