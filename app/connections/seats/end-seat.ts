// Ends a seat: its account sees nothing of the workspace from this transaction on, its unsent changes end, and both
// sides are told.
import type { Db } from '../../database/tables.ts'
import type { AccountId, ConnectionId, MemberId } from '../../support/ids.ts'
import type { Connection } from '../connection.ts'
import { findConnection } from '../usable-connection-store.ts'
import type { SeatParts } from './seat-parts.ts'
import { removeInvitations } from './invitation-store.ts'
import { endSeatRow, listActiveSeats, noteUnsent, type Seat, type SeatEnd } from './seat-store.ts'

export interface EndedSeat {
  readonly seat: Seat
  /** The texts of the tasks whose changes were not sent. */
  readonly unsent: readonly string[]
}

/** Ends the account's seat inside the caller's transaction. Returns undefined when there is no active one. */
export async function endSeat(
  parts: SeatParts,
  db: Db,
  connection: Pick<Connection, 'accountId' | 'connectionId' | 'workspaceName'>,
  { accountId, why }: { readonly accountId: AccountId; readonly why: SeatEnd },
): Promise<EndedSeat | undefined> {
  const { connectionId, workspaceName } = connection
  const seat = await endSeatRow(db, connectionId, accountId, { state: why, at: parts.clock.now() })
  if (seat === undefined) return undefined
  const unsent = await parts.steps.endChanges(db, connectionId, accountId)
  await noteUnsent(db, connectionId, accountId, unsent)
  const details = {
    workspace: workspaceName,
    member: seat.memberName,
    why,
    unsent: String(unsent.length),
  }
  const event = { kind: 'seat-ended', connectionId, details } as const
  await parts.accounts.recordEvent(db, accountId, event)
  await parts.accounts.recordEvent(db, connection.accountId, event)
  return { seat, unsent }
}

/** Ends the seat of the account, as its owner asks or as the holder leaves. */
export async function endOneSeat(
  parts: SeatParts,
  connection: Connection,
  ending: { readonly accountId: AccountId; readonly why: SeatEnd },
): Promise<EndedSeat | undefined> {
  const ended = await parts.database.transaction((db) => endSeat(parts, db, connection, ending))
  if (ended === undefined) return undefined
  tell(parts, connection.connectionId, [ending.accountId, connection.accountId])
  return ended
}

/** Ends every seat whose member Attio has suspended or no longer lists. Returns how many ended. */
export async function endSeatsWithoutMember(
  parts: SeatParts,
  owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
  active: ReadonlySet<MemberId>,
): Promise<number> {
  const { db } = parts.database
  const seats = await listActiveSeats(db, owner.connectionId)
  const lost = seats.filter(({ memberId }) => !active.has(memberId))
  if (lost.length === 0) return 0
  const connection = await findConnection(db, owner.accountId, owner.connectionId)
  if (connection === undefined) return 0
  for (const { accountId } of lost) {
    await endOneSeat(parts, connection, { accountId, why: 'suspended' })
  }
  return lost.length
}

/** Ends the seats and invitations of a connection that is ending. Its changes go with it. */
export async function endAllSeats(
  parts: SeatParts,
  db: Db,
  connectionId: ConnectionId,
): Promise<void> {
  const at = parts.clock.now()
  for (const { accountId, memberName, workspaceName } of await listActiveSeats(db, connectionId)) {
    await endSeatRow(db, connectionId, accountId, { state: 'disconnected', at })
    await parts.accounts.recordEvent(db, accountId, {
      kind: 'seat-ended',
      connectionId,
      details: { workspace: workspaceName, member: memberName, why: 'disconnected' },
    })
  }
  await removeInvitations(db, connectionId)
}

export function tell(
  { live }: Pick<SeatParts, 'live'>,
  connectionId: ConnectionId,
  accountIds: readonly AccountId[],
): void {
  for (const accountId of accountIds) live.changed(accountId)
  live.changed(connectionId)
}
