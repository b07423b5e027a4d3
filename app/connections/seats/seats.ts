// Seats as the rest of Taskr uses them: what owners and holders do with them, and what ends them from outside.
import type { Db } from '../../database/tables.ts'
import type { ConnectionId, MemberId } from '../../support/ids.ts'
import { createAccountSeats, type AccountSeats } from './account-seats.ts'
import { endAllSeats, endSeatsWithoutMember } from './end-seat.ts'
import { removeOldInvitations } from './invitation-store.ts'
import { invitationMs } from './invite.ts'
import { createOwnerSeats, type OwnerSeats, type SeatPlace } from './owner-seats.ts'
import type { SeatParts } from './seat-parts.ts'

export type { SeatList } from './owner-seats.ts'

export interface Seats extends OwnerSeats, AccountSeats {
  /** Ends the seats whose members Attio has suspended or no longer lists. */
  readonly endWithoutMember: (owner: SeatPlace, active: ReadonlySet<MemberId>) => Promise<number>
  /** Ends every seat and invitation of a connection, as part of the transaction that ends it. */
  readonly endAll: (db: Db, connectionId: ConnectionId) => Promise<void>
  /** Deletes invitations that ended a month ago; run once an hour. */
  readonly forgetOld: () => Promise<void>
}

const oldInvitationMs = 30 * 24 * 3_600_000

export function createSeats(parts: SeatParts): Seats {
  const { clock, database } = parts
  return {
    ...createOwnerSeats(parts),
    ...createAccountSeats(parts),
    endWithoutMember: (owner, active) => endSeatsWithoutMember(parts, owner, active),
    endAll: (db, connectionId) => endAllSeats(parts, db, connectionId),
    forgetOld: () =>
      removeOldInvitations(database.db, clock.now() - oldInvitationMs + invitationMs),
  }
}
