// Removes expired rows. It may run at any time, because expired rows are refused anyway.

import { deleteExpiredRateLimits } from '../database/open-database.ts'
import type { AccountParts } from './account-parts.ts'
import { removeEventsOfDeletedAccounts } from './audit/event-store.ts'
import { removeExpiredSessions } from './sessions/session-store.ts'

const deletedLogKeptMs = 30 * 24 * 3_600_000

export async function forgetExpired({ database, clock }: AccountParts): Promise<void> {
  const { db } = database
  const now = clock.now()
  await removeExpiredSessions(db, now)
  await deleteExpiredRateLimits(db, now)
  await removeEventsOfDeletedAccounts(db, now - deletedLogKeptMs)
}
