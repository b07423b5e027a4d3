// Seats as the rest of Taskr uses them: invite, join, change, end, and hand a connection over.
import type { Db } from '../../database/tables.ts'
import type { AccountId, ConnectionId, MemberId } from '../../support/ids.ts'
import { findConnection, listConnections, type Connection } from '../connection-store.ts'
import { endAllSeats, endOneSeat, endSeatsWithoutMember, tell, type EndedSeat } from './end-seat.ts'
import { handOver, type HandedOver } from './hand-over.ts'
import {
  listInvitations,
  removeOldInvitations,
  withdrawInvitation,
  type SeatInvitation,
} from './invitation-store.ts'
import { invitationMs, inviteMembers, type Invited } from './invite.ts'
import { joinByInvitation, seeInvitation, type Joined, type SeenInvitation } from './join.ts'
import { findOffer, takeOffer, type Offer, type OfferTaken } from './offer.ts'
import type { SeatParts } from './seat-parts.ts'
import {
  changeSeatRights,
  listActiveSeats,
  listEndedSeats,
  listSeatsOfAccount,
  noteSeatSeen,
  removeEndedSeat,
  type Seat,
  type SeatRights,
} from './seat-store.ts'

interface Owner {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

export interface Seats {
  /** Lists the seats and invitations of a connection that the account owns; undefined when it owns no such one. */
  readonly list: (owner: Owner) => Promise<SeatList | undefined>
  /** Invites members. Returns the secrets of their links, which are stored as hashes only. */
  readonly invite: (
    owner: Owner,
    memberIds: readonly MemberId[],
    rights: SeatRights,
  ) => Promise<readonly Invited[] | undefined>
  readonly withdraw: (owner: Owner, memberId: MemberId) => Promise<boolean>
  readonly changeRights: (owner: Owner, of: AccountId, rights: SeatRights) => Promise<boolean>
  readonly remove: (owner: Owner, of: AccountId) => Promise<EndedSeat | undefined>
  readonly leave: (holder: Owner) => Promise<EndedSeat | undefined>
  /** Leaves every seat of an account, which deleting the account must do first. */
  readonly leaveAll: (accountId: AccountId) => Promise<void>
  readonly see: (secret: string, accountId: AccountId | undefined) => Promise<SeenInvitation>
  readonly join: (accountId: AccountId, secret: string) => Promise<Joined>
  readonly findOffer: (accountId: AccountId) => Promise<Offer | undefined>
  readonly takeOffer: (accountId: AccountId) => Promise<OfferTaken>
  readonly handOver: (owner: Owner, to: AccountId) => Promise<HandedOver>
  /** Lists the seats that ended and whose account has not read why. */
  readonly listEnded: (accountId: AccountId) => Promise<readonly Seat[]>
  readonly dismissEnded: (holder: Owner) => Promise<boolean>
  /** Lists the workspaces that colleagues work in through the account's connections. */
  readonly listShared: (accountId: AccountId) => Promise<readonly string[]>
  /** Lists every seat of an account, for exports. */
  readonly listAll: (accountId: AccountId) => Promise<readonly Seat[]>
  /** Notes that the account was here, at most once in ten minutes for each seat. */
  readonly noteSeen: (connections: readonly Connection[]) => Promise<void>
  /** Ends the seats whose members Attio has suspended or no longer lists. */
  readonly endWithoutMember: (owner: Owner, active: ReadonlySet<MemberId>) => Promise<number>
  /** Ends every seat and invitation of a connection, as part of the transaction that ends it. */
  readonly endAll: (db: Db, connectionId: ConnectionId) => Promise<void>
  /** Deletes invitations that ended a month ago; run once an hour. */
  readonly forgetOld: () => Promise<void>
}

export interface SeatList {
  readonly connection: Connection
  readonly seats: readonly Seat[]
  readonly invitations: readonly SeatInvitation[]
}

const seenEveryMs = 10 * 60_000
const oldInvitationMs = 30 * 24 * 3_600_000

export function createSeats(parts: SeatParts): Seats {
  const { clock } = parts
  const { db } = parts.database
  const owned = async ({ accountId, connectionId }: Owner): Promise<Connection | undefined> => {
    const found = await findConnection(db, accountId, connectionId)
    return found?.role === 'owner' ? found : undefined
  }
  const end = async (
    connection: Connection | undefined,
    ending: Parameters<typeof endOneSeat>[2],
  ): Promise<EndedSeat | undefined> => connection && (await endOneSeat(parts, connection, ending))
  const leave = async (holder: Owner): Promise<EndedSeat | undefined> => {
    const connection = await findConnection(db, holder.accountId, holder.connectionId)
    return await end(connection, { accountId: holder.accountId, why: 'left' })
  }
  return {
    list: async (owner) => {
      const connection = await owned(owner)
      if (connection === undefined) return undefined
      const { connectionId } = connection
      const [seats, invitations] = await Promise.all([
        listActiveSeats(db, connectionId),
        listInvitations(db, connectionId),
      ])
      return { connection, seats, invitations }
    },
    invite: async (owner, memberIds, rights) => {
      const connection = await owned(owner)
      return connection && (await inviteMembers(parts, connection, memberIds, rights))
    },
    withdraw: async (owner, memberId) => {
      const connection = await owned(owner)
      if (connection === undefined) return false
      const isWithdrawn = await withdrawInvitation(db, connection.connectionId, memberId)
      if (isWithdrawn) await note(parts, connection, 'invitation-withdrawn', memberId)
      return isWithdrawn
    },
    changeRights: async (owner, of, rights) => {
      const connection = await owned(owner)
      if (connection === undefined) return false
      const { connectionId } = connection
      if (!(await changeSeatRights(db, connectionId, of, rights))) return false
      const { sees, mayLink } = rights
      const details = {
        workspace: connection.workspaceName,
        sees,
        records: mayLink ? 'yes' : 'no',
      }
      const event = { kind: 'seat-changed', connectionId, details } as const
      for (const accountId of [owner.accountId, of]) {
        await parts.accounts.recordEvent(db, accountId, event)
      }
      tell(parts, connectionId, [of])
      return true
    },
    remove: async (owner, of) => await end(await owned(owner), { accountId: of, why: 'removed' }),
    leave,
    leaveAll: async (accountId) => {
      for (const { connectionId, state } of await listSeatsOfAccount(db, accountId)) {
        if (state === 'active') await leave({ accountId, connectionId })
      }
    },
    see: (secret, accountId) => seeInvitation(parts, secret, accountId),
    join: (accountId, secret) => joinByInvitation(parts, accountId, secret),
    findOffer: (accountId) => findOffer(parts, accountId),
    takeOffer: (accountId) => takeOffer(parts, accountId),
    handOver: (owner, to) => handOver(parts, owner, to),
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
      const at = clock.now()
      for (const { connectionId, seenAt, viewerId } of connections) {
        if (seenAt === undefined || Math.abs(at - seenAt) < seenEveryMs) continue
        await noteSeatSeen(db, connectionId, viewerId, at)
      }
    },
    endWithoutMember: (owner, active) => endSeatsWithoutMember(parts, owner, active),
    endAll: (db, connectionId) => endAllSeats(parts, db, connectionId),
    forgetOld: () => removeOldInvitations(db, clock.now() - oldInvitationMs + invitationMs),
  }
}

async function note(
  parts: SeatParts,
  { accountId, connectionId, workspaceName }: Connection,
  kind: 'invitation-withdrawn',
  memberId: MemberId,
): Promise<void> {
  const member = await parts.steps.findMember(connectionId, memberId)
  await parts.accounts.recordEvent(parts.database.db, accountId, {
    kind,
    connectionId,
    details: { workspace: workspaceName, member: member?.name ?? '' },
  })
  parts.live.changed(accountId)
}
