// Removes expired rows. It may run at any time, because expired rows are refused anyway.

import { deleteExpiredRateLimits } from '../database/open-database.ts'
import type { AccountParts } from './account-parts.ts'
import { removeExpiredSignUpLinks } from './admitting/sign-up-link-store.ts'
import {
  removeEventsBefore,
  removeEventsOfDeletedAccounts,
  removeEventsOfNoAccount,
} from './audit/event-store.ts'
import { removeExpiredMailedLinks } from './mailed/mailed-link-store.ts'
import { removeOperatorEventsBefore } from './operating/operator-event-store.ts'
import { removeResetRequestsBefore } from './mailed/reset-request-store.ts'
import { removeExpiredChallenges } from './passkeys/challenge-store.ts'
import { forgetFactorSetUps } from './second-factor/set-up-factor.ts'
import { removeExpiredArrivals } from './single-sign-on/arrival-store.ts'
import { removeExpiredSignOnRequests } from './single-sign-on/sign-on-request-store.ts'
import { removeExpiredSessions } from './sessions/session-store.ts'
import { removeExpiredSignIns } from './signing-in/unfinished-sign-in-store.ts'

const dayMs = 24 * 3_600_000
const eventsKeptMs = 365 * dayMs
const operatorEventsKeptMs = 365 * dayMs
const resetRequestsKeptMs = 3_600_000
const deletedLogKeptMs = 30 * dayMs

export async function forgetExpired(parts: AccountParts): Promise<void> {
  const { clock, database } = parts
  const { db } = database
  const now = clock.now()
  await removeExpiredSessions(db, now)
  await removeExpiredSignIns(db, now)
  await forgetFactorSetUps(parts)
  await removeExpiredChallenges(db, now)
  await removeExpiredMailedLinks(db, now)
  await removeExpiredSignUpLinks(db, now)
  await removeExpiredSignOnRequests(db, now)
  await removeExpiredArrivals(db, now)
  await removeResetRequestsBefore(db, now - resetRequestsKeptMs)
  await deleteExpiredRateLimits(db, now)
  await removeEventsBefore(db, now - eventsKeptMs)
  await removeEventsOfNoAccount(db)
  await removeOperatorEventsBefore(db, now - operatorEventsKeptMs)
  await removeEventsOfDeletedAccounts(db, now - deletedLogKeptMs)
}
