// Changes the time zone that decides when a person's days begin.

import type { AccountParts } from '../account-parts.ts'
import { setTimeZone } from './account-store.ts'
import type { FieldProblem } from '../field-problem.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { Session } from '../sessions/session.ts'
import { readTimeZone } from './time-zone.ts'

export type TimeZoneChanged =
  | { readonly kind: 'changed'; readonly session: Session }
  | { readonly kind: 'refused'; readonly problems: readonly FieldProblem[] }

export async function changeTimeZone(
  parts: AccountParts,
  session: Session,
  given: string,
): Promise<TimeZoneChanged> {
  const timeZone = readTimeZone(given)
  if (timeZone === undefined) {
    const message = 'Choose a time zone from the list.'
    return { kind: 'refused', problems: [{ field: 'timeZone', message }] }
  }
  const { accountId } = session
  await parts.database.transaction(async (db) => {
    await setTimeZone(db, accountId, timeZone)
    await recordEvent(parts, db, accountId, { kind: 'time-zone-changed', details: { timeZone } })
  })
  return { kind: 'changed', session: { ...session, timeZone } }
}
