// The events table: the audit log of each account. Rows are only added, and removed over the quota or with their account.

import { z } from 'zod'
import type { Db, Tables } from '../../database/tables.ts'
import {
  asAccountId,
  asEventId,
  type AccountId,
  type ConnectionId,
  type EventId,
} from '../../support/ids.ts'

export type EventKind =
  | 'signed-up'
  | 'signed-in'
  | 'sign-in-refused'
  | 'signed-out'
  | 'session-ended'
  | 'password-confirmed'
  | 'password-refused'
  | 'password-changed'
  | 'password-reset-asked'
  | 'password-reset'
  | 'address-asked'
  | 'address-verified'
  | 'address-removed'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'code-refused'
  | 'codes-refused'
  | 'recovery-code-used'
  | 'recovery-codes-renewed'
  | 'passkey-added'
  | 'passkey-removed'
  | 'passkey-confirmed'
  | 'provider-confirmed'
  | 'passkey-copied'
  | 'time-zone-changed'
  | 'exported'
  | 'sign-on-linked'
  | 'sign-on-unlinked'
  | 'locked'
  | 'unlocked'
  | 'sessions-ended-by-operator'
  | 'reset-link-made'
  | 'made-operator'
  | 'unmade-operator'
  | 'account-deleted'
  | 'connected'
  | 'connect-refused'
  | 'reconnected'
  | 'disconnected'
  | 'revoked'
  | 'revocation-failed'
  | 'needs-reconnect'
  | 'scopes-changed'
  | 'key-changed'
  | 'webhook-made'
  | 'webhook-made-again'
  | 'webhook-removed'
  | 'webhook-left'
  | 'token-unreadable'
  | 'invited'
  | 'invitation-withdrawn'
  | 'seat-joined'
  | 'seat-changed'
  | 'seat-ended'
  | 'handed-over'

export type NewEvent = {
  readonly kind: EventKind
  readonly connectionId?: ConnectionId
  /** Short facts for the person to read; never a secret. */
  readonly details?: Readonly<Record<string, string>>
}

export type AccountEvent = {
  readonly eventId: EventId
  /** An EventKind, or a kind that an older version wrote. */
  readonly kind: string
  readonly at: number
  readonly connectionId: ConnectionId | undefined
  readonly details: Readonly<Record<string, string>>
}

export type EventPage = { readonly limit: number; readonly offset?: number }

export async function addEvent(
  db: Db,
  accountId: AccountId,
  event: NewEvent & { readonly eventId: EventId; readonly at: number },
): Promise<void> {
  await db
    .insertInto('events')
    .values({
      account_id: accountId,
      event_id: event.eventId,
      kind: event.kind,
      at: event.at,
      connection_id: event.connectionId ?? null,
      details: JSON.stringify(event.details ?? {}),
    })
    .execute()
}

/** Removes an account's oldest events beyond the quota. */
export async function removeSurplusEvents(
  db: Db,
  accountId: AccountId,
  most: number,
): Promise<void> {
  await db
    .deleteFrom('events')
    .where('account_id', '=', accountId)
    .where('event_id', '<=', (events) =>
      events
        .selectFrom('events')
        .select('event_id')
        .where('account_id', '=', accountId)
        .orderBy('event_id', 'desc')
        .limit(1)
        .offset(most),
    )
    .execute()
}

/** Returns events newest first. */
export async function listEvents(
  db: Db,
  accountId: AccountId,
  { limit, offset = 0 }: EventPage,
): Promise<{ readonly events: readonly AccountEvent[]; readonly total: number }> {
  const owned = db.selectFrom('events').where('account_id', '=', accountId)
  const counted = await owned
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await owned
    .select(['event_id', 'kind', 'at', 'connection_id', 'details'])
    .orderBy('event_id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return { events: rows.map(readEvent), total: counted.total }
}

/** Returns the browsers of the account's latest sign-ins. */
export async function listSignInBrowsers(
  db: Db,
  accountId: AccountId,
  most: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('events')
    .select(['event_id', 'kind', 'at', 'connection_id', 'details'])
    .where('account_id', '=', accountId)
    .where('kind', 'in', ['signed-in', 'signed-up'] satisfies EventKind[])
    .orderBy('event_id', 'desc')
    .limit(most)
    .execute()
  return rows.map(readEvent).map(({ details }) => details['browser'] ?? '')
}

/** Returns the account's events after the given one, oldest first. */
export async function listEventsAfter(
  db: Db,
  accountId: AccountId,
  after: Pick<AccountEvent, 'eventId'> | undefined,
  limit: number,
): Promise<readonly AccountEvent[]> {
  const rows = await db
    .selectFrom('events')
    .select(['event_id', 'kind', 'at', 'connection_id', 'details'])
    .where('account_id', '=', accountId)
    .$if(after !== undefined, (events) =>
      events.where('event_id', '>', after?.eventId ?? asEventId('')),
    )
    .orderBy('event_id')
    .limit(limit)
    .execute()
  return rows.map(readEvent)
}

type EventRow = Pick<Tables['events'], 'event_id' | 'kind' | 'at' | 'connection_id' | 'details'>

function readEvent(row: EventRow): AccountEvent {
  return {
    eventId: row.event_id,
    kind: row.kind,
    at: row.at,
    connectionId: row.connection_id ?? undefined,
    details: detailsSchema.parse(JSON.parse(row.details)),
  }
}

const detailsSchema = z.record(z.string(), z.string())

export async function removeEvents(db: Db, accountId: AccountId): Promise<void> {
  await db.deleteFrom('events').where('account_id', '=', accountId).execute()
}

const removedAtOnce = 500

/** Removes older events of all accounts, in pieces that let other queries through. */
export async function removeEventsBefore(db: Db, before: number): Promise<void> {
  for (;;) {
    const { numDeletedRows } = await db
      .deleteFrom('events')
      .where('event_id', 'in', (events) =>
        events
          .selectFrom('events')
          .select('event_id')
          .where('at', '<', before)
          .orderBy('at')
          .limit(removedAtOnce),
      )
      .where('at', '<', before)
      .executeTakeFirst()
    if (numDeletedRows < removedAtOnce) return
  }
}

/**
 * Stands for the account of a log-in with an unknown name. Its events are written so that the log-in takes as long as one
 * with a wrong password; no page shows them, and they are soon removed.
 */
export const noAccountId = asAccountId('00000000-0000-7000-8000-000000000000')

/** Removes the events of no account, in pieces that let other queries through. */
export async function removeEventsOfNoAccount(db: Db): Promise<void> {
  for (;;) {
    const { numDeletedRows } = await db
      .deleteFrom('events')
      .where('account_id', '=', noAccountId)
      .where('event_id', 'in', (events) =>
        events
          .selectFrom('events')
          .select('event_id')
          .where('account_id', '=', noAccountId)
          .orderBy('event_id')
          .limit(removedAtOnce),
      )
      .executeTakeFirst()
    if (numDeletedRows < removedAtOnce) return
  }
}

/** Removes the events of deleted accounts, including events written after the deletion, such as a revocation's receipt. */
export async function removeEventsOfDeletedAccounts(db: Db, before: number): Promise<void> {
  await db
    .deleteFrom('events')
    .where('account_id', 'in', (events) =>
      events
        .selectFrom('events')
        .select('account_id')
        .where('kind', '=', 'account-deleted')
        .where('at', '<', before),
    )
    .execute()
}
