// Locks an account out of Taskr, and lets it in again. Its sessions end in the transaction, and no session of a locked
// account is found. What it owns stays: colleagues may work through it.

import type { Db } from '../../database/tables.ts'
import type { AccountId } from '../../support/ids.ts'
import type { OperatingParts } from './operating-parts.ts'
import { holdAccount } from '../own-account/account-store.ts'
import { removeMailedLinks } from '../mailed/mailed-link-store.ts'
import { removeSessions } from '../sessions/session-store.ts'
import { removeUnfinishedSignIns } from '../signing-in/unfinished-sign-in-store.ts'
import { lockActiveOperators, setLocked } from './account-list-store.ts'
import { noteAction, type Actor } from './note-action.ts'

export type Locking = {
  readonly by: Actor
  readonly accountId: AccountId
  /** Ends the account's changes that have not reached Attio, in the same transaction. */
  readonly endChanges: (db: Db, accountId: AccountId) => Promise<void>
}

/** `last-operator`: without this account, no operator could log in. `own`: operators do not lock themselves out. */
export type Locked = { readonly kind: 'done' | 'unchanged' | 'last-operator' | 'own' }

export async function lockAccount(parts: OperatingParts, locking: Locking): Promise<Locked> {
  const { accountId, by, endChanges } = locking
  if (accountId === by) return { kind: 'own' }
  const locked = await parts.database.transaction(async (db): Promise<Locked> => {
    const operators = await lockActiveOperators(db)
    if (operators.length === 1 && operators.includes(accountId)) return { kind: 'last-operator' }
    const account = await holdAccount(db, accountId)
    if (account === undefined) return { kind: 'unchanged' }
    if (!(await setLocked(db, accountId, parts.clock.now()))) return { kind: 'unchanged' }
    await removeSessions(db, account)
    await removeUnfinishedSignIns(db, account)
    await removeMailedLinks(db, account, 'reset-password')
    await endChanges(db, accountId)
    await noteAction(parts, db, by, { kind: 'locked', accountId, own: 'locked' })
    return { kind: 'done' }
  })
  if (locked.kind === 'done') parts.logger.info('accounts.locked', { accountId })
  return locked
}

/** Returns false when the account is not locked. */
export async function unlockAccount(
  parts: OperatingParts,
  by: Actor,
  accountId: AccountId,
): Promise<boolean> {
  return await parts.database.transaction(async (db) => {
    if (!(await setLocked(db, accountId, undefined))) return false
    await noteAction(parts, db, by, { kind: 'unlocked', accountId, own: 'unlocked' })
    return true
  })
}

/** Returns the number of sessions ended. */
export async function endSessionsOf(
  parts: OperatingParts,
  by: Actor,
  accountId: AccountId,
): Promise<number> {
  return await parts.database.transaction(async (db) => {
    const account = await holdAccount(db, accountId)
    if (account === undefined) return 0
    const ended = await removeSessions(db, account)
    await removeUnfinishedSignIns(db, account)
    const own = 'sessions-ended-by-operator'
    if (ended > 0) await noteAction(parts, db, by, { kind: 'sessions-ended', accountId, own })
    return ended
  })
}
