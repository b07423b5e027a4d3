// Adds an event to an account's audit log, dated now, keeps the log within its quota, and mails the events of which the
// owner should know at once.

import type { Db } from '../../database/tables.ts'
import { asEventId, type AccountId, type EventId } from '../../support/ids.ts'
import type { AccountParts } from '../account-parts.ts'
import type { Client } from '../client.ts'
import { mailNoticeOf } from '../mailed/notices.ts'
import { addEvent, removeSurplusEvents, type NewEvent } from './event-store.ts'

/** Months of events for a busy account. Beyond it, the oldest events are removed, sooner or later. */
export const mostEvents = 10_000

/**
 * True for one event in 256. Removing the oldest reads the whole log, so that with each event the time of a refused log-in
 * would tell whether there is an account, and how long its log is.
 */
const isTimeToTrim = (eventId: EventId): boolean => eventId.endsWith('00')

export async function recordEvent(
  parts: Pick<AccountParts, 'ids' | 'clock' | 'mail' | 'linkAddresses'>,
  db: Db,
  accountId: AccountId,
  event: NewEvent,
): Promise<void> {
  const { clock, ids } = parts
  const eventId = asEventId(ids())
  await addEvent(db, accountId, { ...event, eventId, at: clock.now() })
  if (isTimeToTrim(eventId)) await removeSurplusEvents(db, accountId, mostEvents)
  await mailNoticeOf(parts, db, accountId, event)
}

/** Returns the facts by which a person can recognize their own client. */
export function describeClient({ address, userAgent }: Client): Readonly<Record<string, string>> {
  return { address, browser: userAgent }
}
