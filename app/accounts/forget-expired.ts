// Removes expired rows. It may run at any time, because expired rows are refused anyway.

import { deleteExpiredRateLimits } from '../database/open-database.ts'
import type { AccountParts } from './account-parts.ts'
import { removeExpiredSignUpLinks } from './admitting/sign-up-link-store.ts'
import { removeEventsBefore, removeEventsOfDeletedAccounts } from './audit/event-store.ts'
import { removeExpiredMailedLinks } from './mailed/mailed-link-store.ts'
import { removeResetRequestsBefore } from './mailed/reset-request-store.ts'
import { removeExpiredSessions } from './sessions/session-store.ts'

const dayMs = 24 * 3_600_000
const eventsKeptMs = 365 * dayMs
const resetRequestsKeptMs = 3_600_000
const deletedLogKeptMs = 30 * dayMs

export async function forgetExpired({ database, clock }: AccountParts): Promise<void> {
  const { db } = database
  const now = clock.now()
  await removeExpiredSessions(db, now)
  await removeExpiredMailedLinks(db, now)
  await removeExpiredSignUpLinks(db, now)
  await removeResetRequestsBefore(db, now - resetRequestsKeptMs)
  await deleteExpiredRateLimits(db, now)
  await removeEventsBefore(db, now - eventsKeptMs)
  await removeEventsOfDeletedAccounts(db, now - deletedLogKeptMs)
}
