// Turns two-step verification off for a person who has lost both the app and the recovery codes. Only the command on the
// server can: an operator of the pages would need no more than a mailbox to open the account.

import type { AccountId } from '../../support/ids.ts'
import { holdAccount } from '../own-account/account-store.ts'
import { removeRecoveryCodes } from '../second-factor/recovery-code-store.ts'
import { removeFactor } from '../second-factor/second-factor-store.ts'
import { removeUnfinishedSignIns } from '../signing-in/unfinished-sign-in-store.ts'
import { noteAction } from './note-action.ts'
import type { OperatingParts } from './operating-parts.ts'

/** Returns false when the account has no second factor. */
export async function removeSecondFactor(
  parts: OperatingParts,
  accountId: AccountId,
): Promise<boolean> {
  return await parts.database.transaction(async (db) => {
    const account = await holdAccount(db, accountId)
    if (account === undefined) return false
    const isRemoved = await removeFactor(db, account)
    await removeRecoveryCodes(db, account)
    await removeUnfinishedSignIns(db, account)
    const done = { kind: 'second-factor-removed', accountId, own: 'second-factor-off' } as const
    if (isRemoved) await noteAction(parts, db, 'command', done)
    return isRemoved
  })
}
