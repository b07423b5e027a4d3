// What operators can do with an account. Each action returns its toast, or why it was refused.
import type { ListedAccount, Session } from '../../accounts/accounts.ts'
import { Problem } from '../problem.ts'
import type { RouteParts } from '../web-parts.ts'
import type { OperatorToast } from './operator-toast.ts'
import type { OperatedAccountPage } from './views/account.ts'

type Done =
  | OperatorToast
  | { readonly kind: 'sessions-ended'; readonly sessions: number }
  | NonNullable<OperatedAccountPage['refusal']>

export type AccountAction = (
  parts: RouteParts,
  session: Session,
  account: ListedAccount,
  /** True when the form asks to make the account an operator. */
  makesOperator: boolean,
) => Promise<Done>

export async function lock(
  { accounts, changes, connections }: RouteParts,
  session: Session,
  { accountId, username }: ListedAccount,
): Promise<Done> {
  const locked = await accounts.operating.lock({
    by: session.accountId,
    accountId,
    endChanges: changes.endAllOf,
  })
  if (locked.kind === 'own' || locked.kind === 'last-operator') return locked.kind
  await connections.forgetRequests(accountId)
  return { kind: 'operator', what: 'locked', name: username }
}

export async function unlock(
  { accounts }: RouteParts,
  session: Session,
  { accountId, username }: ListedAccount,
): Promise<Done> {
  await accounts.operating.unlock(session.accountId, accountId)
  return { kind: 'operator', what: 'unlocked', name: username }
}

export async function endSessions(
  { accounts }: RouteParts,
  session: Session,
  { accountId }: ListedAccount,
): Promise<Done> {
  const sessions = await accounts.operating.endSessions(session.accountId, accountId)
  return { kind: 'sessions-ended', sessions }
}

export async function sendResetLink(
  { accounts }: RouteParts,
  session: Session,
  { accountId, emailAddress }: ListedAccount,
): Promise<Done> {
  const mailed = await accounts.operating.mailResetLink(session.accountId, accountId)
  if (mailed.kind === 'no-account') throw new Problem({ kind: 'not-found' })
  if (mailed.kind !== 'mailed') return mailed.kind
  return { kind: 'operator', what: 'reset-link-mailed', name: emailAddress ?? '' }
}

export async function changeRole(
  { accounts }: RouteParts,
  session: Session,
  { accountId, username }: ListedAccount,
  makesOperator: boolean,
): Promise<Done> {
  const { operating } = accounts
  if (makesOperator) {
    await operating.makeOperator(session.accountId, accountId)
    return { kind: 'operator', what: 'made-operator', name: username }
  }
  const changed = await operating.unmakeOperator(session.accountId, accountId)
  if (changed.kind === 'last-operator') return changed.kind
  return { kind: 'operator', what: 'unmade-operator', name: username }
}
