// Makes and unmakes operators. One who can log in always stays.

import type { AccountId } from '../../support/ids.ts'
import type { OperatingParts } from './operating-parts.ts'
import { hasOtherAccounts, lockActiveOperators, setOperator } from './account-list-store.ts'
import { noteAction, type Actor } from './note-action.ts'

export type RoleChanged = { readonly kind: 'done' | 'unchanged' | 'last-operator' }

/** Returns false when the account is an operator already. */
export async function makeOperator(
  parts: OperatingParts,
  by: Actor,
  accountId: AccountId,
): Promise<boolean> {
  return await parts.database.transaction(async (db) => {
    if (!(await setOperator(db, accountId, true))) return false
    await noteAction(parts, db, by, { kind: 'made-operator', accountId, own: 'made-operator' })
    return true
  })
}

export async function unmakeOperator(
  parts: OperatingParts,
  by: Actor,
  accountId: AccountId,
): Promise<RoleChanged> {
  return await parts.database.transaction(async (db) => {
    const operators = await lockActiveOperators(db)
    if (operators.length === 1 && operators.includes(accountId)) return { kind: 'last-operator' }
    if (!(await setOperator(db, accountId, false))) return { kind: 'unchanged' }
    const own = 'unmade-operator'
    await noteAction(parts, db, by, { kind: 'unmade-operator', accountId, own })
    return { kind: 'done' }
  })
}

/** Lets an account go that is about to be deleted. The last operator may go only as the last account. */
export async function mayLeave(
  { database }: Pick<OperatingParts, 'database'>,
  accountId: AccountId,
): Promise<boolean> {
  return await database.transaction(async (db) => {
    const operators = await lockActiveOperators(db)
    if (!operators.includes(accountId)) return true
    if (operators.length === 1) return !(await hasOtherAccounts(db, accountId))
    // Two operators who leave at once would otherwise both see the other one stay.
    await setOperator(db, accountId, false)
    return true
  })
}
