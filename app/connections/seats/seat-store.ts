// The table of seats: which accounts work through a connection besides its owner, as which member, and with what
// rights. Ended seats stay until their account has read why.
import { sql, type Expression, type Selectable } from 'kysely'
import { z } from 'zod'
import type { Db, Tables } from '../../database/tables.ts'
import type { AccountId, ConnectionId, MemberId } from '../../support/ids.ts'

/** The rights of a seat. */
export interface SeatRights {
  /** `own`: tasks that are assigned to the member, or that Taskr created for them. */
  readonly sees: 'own' | 'everyone'
  /** True when the seat may find records and link them to tasks. */
  readonly mayLink: boolean
}

export type SeatState = Tables['seats']['state']
export type SeatEnd = Exclude<SeatState, 'active'>

export interface Seat extends SeatRights {
  readonly connectionId: ConnectionId
  readonly accountId: AccountId
  readonly memberId: MemberId
  readonly workspaceName: string
  readonly memberName: string
  readonly state: SeatState
  readonly joinedAt: number
  readonly lastSeenAt: number
  readonly endedAt: number | undefined
  /** The texts of changes that were not sent when the seat ended. */
  readonly unsent: readonly string[]
}

export type NewSeat = Omit<Seat, 'state' | 'lastSeenAt' | 'endedAt' | 'unsent'>

/** The account's active seats, to join with connections. */
export function activeSeatsOf(db: Db, accountId: AccountId | Expression<AccountId>) {
  return db
    .selectFrom('seats')
    .select([
      'connection_id',
      'workspace_member_id as seat_member_id',
      'sees as seat_sees',
      'may_link as seat_may_link',
      'last_seen_at as seat_seen_at',
    ])
    .where('account_id', '=', accountId)
    .where('state', '=', 'active')
}

/** Gives the account a seat, or again the one that it lost. Returns false when the member's seat is taken. */
export async function addSeat(db: Db, connectionId: ConnectionId, seat: NewSeat): Promise<boolean> {
  if ((await findActiveSeatOfMember(db, connectionId, seat.memberId)) !== undefined) return false
  const row = {
    workspace_member_id: seat.memberId,
    workspace_name: seat.workspaceName,
    member_name: seat.memberName,
    sees: seat.sees,
    may_link: seat.mayLink ? 1 : 0,
    state: 'active',
    joined_at: seat.joinedAt,
    last_seen_at: seat.joinedAt,
    ended_at: null,
    unsent: '[]',
  } as const
  const added = await db
    .insertInto('seats')
    .values({ connection_id: connectionId, account_id: seat.accountId, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(['connection_id', 'account_id'])
        .doUpdateSet(row)
        .where('seats.state', '<>', 'active'),
    )
    .returning('account_id')
    .executeTakeFirst()
  return added !== undefined
}

/** Reads an active seat and locks it until the transaction ends, so that it cannot end meanwhile. */
export async function lockSeat(
  db: Db,
  connectionId: ConnectionId,
  accountId: AccountId,
): Promise<Seat | undefined> {
  const row = await db
    .updateTable('seats')
    .set({ last_seen_at: sql<number>`last_seen_at` })
    .where('connection_id', '=', connectionId)
    .where('account_id', '=', accountId)
    .where('state', '=', 'active')
    .returningAll()
    .executeTakeFirst()
  return row && fromRow(row)
}

export async function listActiveSeats(
  db: Db,
  connectionId: ConnectionId,
): Promise<readonly Seat[]> {
  const rows = await db
    .selectFrom('seats')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('state', '=', 'active')
    .orderBy('joined_at')
    .orderBy('account_id')
    .execute()
  return rows.map(fromRow)
}

/** Lists every seat of an account, ended ones included, the latest first. */
export async function listSeatsOfAccount(db: Db, accountId: AccountId): Promise<readonly Seat[]> {
  const rows = await db
    .selectFrom('seats')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('joined_at', 'desc')
    .execute()
  return rows.map(fromRow)
}

export async function listEndedSeats(db: Db, accountId: AccountId): Promise<readonly Seat[]> {
  const rows = await db
    .selectFrom('seats')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('state', '<>', 'active')
    .orderBy('ended_at', 'desc')
    .execute()
  return rows.map(fromRow)
}

export async function findActiveSeatOfMember(
  db: Db,
  connectionId: ConnectionId,
  memberId: MemberId,
): Promise<Seat | undefined> {
  const row = await db
    .selectFrom('seats')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('workspace_member_id', '=', memberId)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return row && fromRow(row)
}

/** Returns false when the account has no active seat on the connection. */
export async function changeSeatRights(
  db: Db,
  connectionId: ConnectionId,
  accountId: AccountId,
  { sees, mayLink }: SeatRights,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('seats')
    .set({ sees, may_link: mayLink ? 1 : 0 })
    .where('connection_id', '=', connectionId)
    .where('account_id', '=', accountId)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Ends an active seat, once. Returns the seat as it was. */
export async function endSeatRow(
  db: Db,
  connectionId: ConnectionId,
  accountId: AccountId,
  end: { readonly state: SeatEnd; readonly at: number },
): Promise<Seat | undefined> {
  const row = await db
    .updateTable('seats')
    .set({ state: end.state, ended_at: end.at })
    .where('connection_id', '=', connectionId)
    .where('account_id', '=', accountId)
    .where('state', '=', 'active')
    .returningAll()
    .executeTakeFirst()
  return row && fromRow(row)
}

export async function noteUnsent(
  db: Db,
  connectionId: ConnectionId,
  accountId: AccountId,
  unsent: readonly string[],
): Promise<void> {
  await db
    .updateTable('seats')
    .set({ unsent: JSON.stringify(unsent) })
    .where('connection_id', '=', connectionId)
    .where('account_id', '=', accountId)
    .execute()
}

/** Deletes an ended seat once its account has read why. Returns false when there is none. */
export async function removeEndedSeat(
  db: Db,
  connectionId: ConnectionId,
  accountId: AccountId,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('seats')
    .where('connection_id', '=', connectionId)
    .where('account_id', '=', accountId)
    .where('state', '<>', 'active')
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Deletes the seat of an account that becomes the owner. */
export async function removeSeat(
  db: Db,
  connectionId: ConnectionId,
  accountId: AccountId,
): Promise<void> {
  await db
    .deleteFrom('seats')
    .where('connection_id', '=', connectionId)
    .where('account_id', '=', accountId)
    .execute()
}

/** Notes that the seat's person was here. */
export async function noteSeatSeen(
  db: Db,
  connectionId: ConnectionId,
  accountId: AccountId,
  at: number,
): Promise<void> {
  await db
    .updateTable('seats')
    .set({ last_seen_at: at })
    .where('connection_id', '=', connectionId)
    .where('account_id', '=', accountId)
    .where('last_seen_at', '<', at)
    .execute()
}

function fromRow(row: Selectable<Tables['seats']>): Seat {
  return {
    connectionId: row.connection_id,
    accountId: row.account_id,
    memberId: row.workspace_member_id,
    workspaceName: row.workspace_name,
    memberName: row.member_name,
    sees: row.sees,
    mayLink: row.may_link === 1,
    state: row.state,
    joinedAt: row.joined_at,
    lastSeenAt: row.last_seen_at,
    endedAt: row.ended_at ?? undefined,
    unsent: z.array(z.string()).parse(JSON.parse(row.unsent)),
  }
}
