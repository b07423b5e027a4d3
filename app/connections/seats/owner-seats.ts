// What the owner of a connection does with its seats: invite members, change what a seat may do, end it, hand over.
import type { AccountId, ConnectionId, MemberId } from '../../support/ids.ts'
import { findConnection } from '../usable-connection-store.ts'
import type { Connection } from '../connection.ts'
import { endOneSeat, tell, type EndedSeat } from './end-seat.ts'
import { handOver, type HandedOver } from './hand-over.ts'
import { listInvitations, withdrawInvitation, type SeatInvitation } from './invitation-store.ts'
import { inviteMembers, type Invited } from './invite.ts'
import type { SeatParts } from './seat-parts.ts'
import { changeSeatRights, listActiveSeats, type Seat, type SeatRights } from './seat-store.ts'

export interface SeatPlace {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

/** Each answers undefined or false when the account does not own the connection. */
export interface OwnerSeats {
  /** Lists the seats and invitations of a connection. */
  readonly list: (owner: SeatPlace) => Promise<SeatList | undefined>
  /** Invites members. Returns the secrets of their links, which are stored as hashes only. */
  readonly invite: (
    owner: SeatPlace,
    memberIds: readonly MemberId[],
    rights: SeatRights,
  ) => Promise<readonly Invited[] | undefined>
  readonly withdraw: (owner: SeatPlace, memberId: MemberId) => Promise<boolean>
  readonly changeRights: (owner: SeatPlace, of: AccountId, rights: SeatRights) => Promise<boolean>
  readonly remove: (owner: SeatPlace, of: AccountId) => Promise<EndedSeat | undefined>
  readonly handOver: (owner: SeatPlace, to: AccountId) => Promise<HandedOver>
}

export interface SeatList {
  readonly connection: Connection
  readonly seats: readonly Seat[]
  readonly invitations: readonly SeatInvitation[]
}

export function createOwnerSeats(parts: SeatParts): OwnerSeats {
  const { db } = parts.database
  return {
    list: async (owner) => {
      const connection = await findOwned(parts, owner)
      if (connection === undefined) return undefined
      const { connectionId } = connection
      const [seats, invitations] = await Promise.all([
        listActiveSeats(db, connectionId),
        listInvitations(db, connectionId),
      ])
      return { connection, seats, invitations }
    },
    invite: async (owner, memberIds, rights) => {
      const connection = await findOwned(parts, owner)
      return connection && (await inviteMembers(parts, connection, memberIds, rights))
    },
    withdraw: async (owner, memberId) => {
      const connection = await findOwned(parts, owner)
      if (connection === undefined) return false
      const isWithdrawn = await withdrawInvitation(db, connection.connectionId, memberId)
      if (isWithdrawn) await recordWithdrawal(parts, connection, memberId)
      return isWithdrawn
    },
    changeRights: async (owner, of, rights) => {
      const connection = await findOwned(parts, owner)
      if (connection === undefined) return false
      if (!(await changeSeatRights(db, connection.connectionId, of, rights))) return false
      await recordNewRights(parts, connection, of, rights)
      return true
    },
    remove: async (owner, of) => {
      const connection = await findOwned(parts, owner)
      return connection && (await endOneSeat(parts, connection, { accountId: of, why: 'removed' }))
    },
    handOver: (owner, to) => handOver(parts, owner, to),
  }
}

async function findOwned(
  { database }: SeatParts,
  { accountId, connectionId }: SeatPlace,
): Promise<Connection | undefined> {
  const found = await findConnection(database.db, accountId, connectionId)
  return found?.role === 'owner' ? found : undefined
}

async function recordWithdrawal(
  parts: SeatParts,
  { accountId, connectionId, workspaceName }: Connection,
  memberId: MemberId,
): Promise<void> {
  const member = await parts.steps.findMember(connectionId, memberId)
  await parts.accounts.recordEvent(parts.database.db, accountId, {
    kind: 'invitation-withdrawn',
    connectionId,
    details: { workspace: workspaceName, member: member?.name ?? '' },
  })
  parts.live.changed(accountId)
}

async function recordNewRights(
  parts: SeatParts,
  connection: Connection,
  of: AccountId,
  { mayLink, sees }: SeatRights,
): Promise<void> {
  const { accountId, connectionId, workspaceName } = connection
  const details = { workspace: workspaceName, sees, records: mayLink ? 'yes' : 'no' }
  for (const one of [accountId, of]) {
    const event = { kind: 'seat-changed', connectionId, details } as const
    await parts.accounts.recordEvent(parts.database.db, one, event)
  }
  tell(parts, connectionId, [of])
}
