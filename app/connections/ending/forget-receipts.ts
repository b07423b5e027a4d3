// Removes receipts after ninety days, and at once when their account is gone. A revocation of a deleted account that Attio
// has not confirmed stays until it is finished.
import { asAccountId } from '../../support/ids.ts'
import type { ConnectionParts } from '../connection-parts.ts'
import { listAccountsWithReceipts, removeReceipts, removeReceiptsBefore } from './receipt-store.ts'

const receiptsKeptMs = 90 * 24 * 3_600_000
const accountsAtOnce = 500

export async function forgetReceipts({ database, accounts, clock }: ForgetParts): Promise<void> {
  const { db } = database
  await removeReceiptsBefore(db, clock.now() - receiptsKeptMs)
  for (let after = asAccountId(''); ;) {
    const owners = await listAccountsWithReceipts(db, { after, limit: accountsAtOnce })
    const existing = await accounts.listExisting(owners)
    for (const owner of owners) if (!existing.has(owner)) await removeReceipts(db, owner)
    const last = owners.at(-1)
    if (last === undefined) return
    after = last
  }
}

type ForgetParts = Pick<ConnectionParts, 'database' | 'accounts' | 'clock'>
