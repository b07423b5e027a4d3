// Adds to an account's trail, now.

import type { Db } from '../../database/tables.ts'
import { asEventId, type AccountId } from '../../support/ids.ts'
import type { AccountParts } from '../account-parts.ts'
import { addEvent, type NewEvent } from './event-store.ts'
import type { Visit } from '../client.ts'

export async function recordEvent(
  { ids, clock }: Pick<AccountParts, 'ids' | 'clock'>,
  db: Db,
  accountId: AccountId,
  event: NewEvent,
): Promise<void> {
  await addEvent(db, accountId, { ...event, eventId: asEventId(ids()), at: clock.now() })
}

/** What a person needs to tell whether it was they. */
export function describeVisit({ address, userAgent }: Visit): Readonly<Record<string, string>> {
  return { address, browser: userAgent }
}
