// What an account does with seats of its own: join, leave, take what a colleague offers, and read why a seat ended.
import type { AccountId } from '../../support/ids.ts'
import { findConnection, listConnections } from '../usable-connection-store.ts'
import type { Connection } from '../connection.ts'
import { endOneSeat, type EndedSeat } from './end-seat.ts'
import { joinByInvitation, seeInvitation, type Joined, type SeenInvitation } from './join.ts'
import { findOffer, takeOffer, type Offer, type OfferTaken } from './offer.ts'
import type { SeatPlace } from './owner-seats.ts'
import type { SeatParts } from './seat-parts.ts'
import {
  listActiveSeats,
  listEndedSeats,
  listSeatsOfAccount,
  noteSeatSeen,
  removeEndedSeat,
  type Seat,
} from './seat-store.ts'

export interface AccountSeats {
  readonly leave: (holder: SeatPlace) => Promise<EndedSeat | undefined>
  /** Leaves every seat of an account, which deleting the account must do first. */
  readonly leaveAll: (accountId: AccountId) => Promise<void>
  readonly see: (secret: string, accountId: AccountId | undefined) => Promise<SeenInvitation>
  readonly join: (accountId: AccountId, secret: string) => Promise<Joined>
  readonly findOffer: (accountId: AccountId) => Promise<Offer | undefined>
  readonly takeOffer: (accountId: AccountId) => Promise<OfferTaken>
  /** Lists the seats that ended and whose account has not read why. */
  readonly listEnded: (accountId: AccountId) => Promise<readonly Seat[]>
  readonly dismissEnded: (holder: SeatPlace) => Promise<boolean>
  /** Lists the workspaces that colleagues work in through the account's connections. */
  readonly listShared: (accountId: AccountId) => Promise<readonly string[]>
  /** Lists every seat of an account, for exports. */
  readonly listAll: (accountId: AccountId) => Promise<readonly Seat[]>
  /** Notes that the account was here, at most once in ten minutes for each seat. */
  readonly noteSeen: (connections: readonly Connection[]) => Promise<void>
}

const seenEveryMs = 10 * 60_000

export function createAccountSeats(parts: SeatParts): AccountSeats {
  const { db } = parts.database
  return {
    leave: (holder) => leave(parts, holder),
    leaveAll: async (accountId) => {
      for (const { connectionId, state } of await listSeatsOfAccount(db, accountId)) {
        if (state === 'active') await leave(parts, { accountId, connectionId })
      }
    },
    see: (secret, accountId) => seeInvitation(parts, secret, accountId),
    join: (accountId, secret) => joinByInvitation(parts, accountId, secret),
    findOffer: (accountId) => findOffer(parts, accountId),
    takeOffer: (accountId) => takeOffer(parts, accountId),
    listEnded: (accountId) => listEndedSeats(db, accountId),
    dismissEnded: ({ accountId, connectionId }) => removeEndedSeat(db, connectionId, accountId),
    listShared: async (accountId) => {
      const shared: string[] = []
      for (const { connectionId, role, workspaceName } of await listConnections(db, accountId)) {
        if (role !== 'owner') continue
        if ((await listActiveSeats(db, connectionId)).length > 0) shared.push(workspaceName)
      }
      return shared
    },
    listAll: (accountId) => listSeatsOfAccount(db, accountId),
    noteSeen: async (connections) => {
      const at = parts.clock.now()
      for (const { connectionId, seenAt, viewerId } of connections) {
        if (seenAt === undefined || Math.abs(at - seenAt) < seenEveryMs) continue
        await noteSeatSeen(db, connectionId, viewerId, at)
      }
    },
  }
}

async function leave(
  parts: SeatParts,
  { accountId, connectionId }: SeatPlace,
): Promise<EndedSeat | undefined> {
  const connection = await findConnection(parts.database.db, accountId, connectionId)
  return connection && (await endOneSeat(parts, connection, { accountId, why: 'left' }))
}
