// The operators' audit log: what they did to which account. Rows are only added, and removed after a year.

import type { Db } from '../../database/tables.ts'
import type { AccountId, EventId } from '../../support/ids.ts'

export type OperatorEventKind =
  | 'locked'
  | 'unlocked'
  | 'sessions-ended'
  | 'reset-link-mailed'
  | 'reset-link-made'
  | 'made-operator'
  | 'unmade-operator'
  | 'second-factor-removed'
  | 'sign-up-link-made'
  | 'sign-up-link-mailed'

export type OperatorEvent = {
  readonly eventId: EventId
  readonly at: number
  /** An OperatorEventKind, or a kind that another version wrote. */
  readonly kind: string
  /** Undefined when the command did it. */
  readonly operatorId: AccountId | undefined
  readonly accountId: AccountId | undefined
}

export async function addOperatorEvent(
  db: Db,
  event: OperatorEvent & { readonly kind: OperatorEventKind },
): Promise<void> {
  await db
    .insertInto('operator_events')
    .values({
      event_id: event.eventId,
      at: event.at,
      kind: event.kind,
      operator_id: event.operatorId ?? null,
      account_id: event.accountId ?? null,
    })
    .execute()
}

/** Returns events newest first, those after the given one. */
export async function listOperatorEvents(
  db: Db,
  page: { readonly after?: EventId | undefined; readonly limit: number },
): Promise<readonly OperatorEvent[]> {
  let events = db.selectFrom('operator_events').selectAll()
  if (page.after !== undefined) events = events.where('event_id', '<', page.after)
  const rows = await events.orderBy('event_id', 'desc').limit(page.limit).execute()
  return rows.map((row) => ({
    eventId: row.event_id,
    at: row.at,
    kind: row.kind,
    operatorId: row.operator_id ?? undefined,
    accountId: row.account_id ?? undefined,
  }))
}

export async function removeOperatorEventsBefore(db: Db, before: number): Promise<void> {
  await db.deleteFrom('operator_events').where('at', '<', before).execute()
}
