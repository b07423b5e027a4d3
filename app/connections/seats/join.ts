// Joins a connected workspace with the secret of an invitation, or says why that is refused.
import type { Db } from '../../database/tables.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import type { AccountId } from '../../support/ids.ts'
import { findConnection, listConnections } from '../usable-connection-store.ts'
import { findConnectionOf } from '../connection-store.ts'
import type { Connection } from '../connection.ts'
import { tell } from './end-seat.ts'
import { consumeInvitation, findInvitationOf, type SeatInvitation } from './invitation-store.ts'
import type { SeatMember, SeatParts } from './seat-parts.ts'
import { addSeat } from './seat-store.ts'

export type InvitationRefusal =
  /** No invitation has this secret: a guess, or a newer link replaced it, or it was withdrawn. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'used' }
  | { readonly kind: 'expired' }
  /** The member was removed from the workspace in Attio, or suspended there. */
  | { readonly kind: 'member-gone' }
  | { readonly kind: 'member-suspended' }
  /** The account is in this workspace already, as the owner of a connection or with a seat. */
  | { readonly kind: 'already-in' }
  /** The account's verified address is not the member's. */
  | { readonly kind: 'other-address'; readonly own: string; readonly invited: string }

export type SeenInvitation =
  | {
      readonly kind: 'open'
      readonly workspaceName: string
      readonly member: SeatMember
      readonly invitation: SeatInvitation
    }
  | {
      readonly kind: 'refused'
      readonly refusal: InvitationRefusal
      readonly workspaceName?: string
      readonly connectionId?: string
    }

export type Joined =
  | { readonly kind: 'joined'; readonly connection: Connection; readonly memberName: string }
  | Extract<SeenInvitation, { kind: 'refused' }>

/** 256 bits in base64url. */
const secretShape = /^[A-Za-z0-9_-]{43}$/

/** Reads an invitation, as the given account would use it; undefined for a person who is signed out. */
export async function seeInvitation(
  parts: SeatParts,
  secret: string,
  accountId: AccountId | undefined,
): Promise<SeenInvitation> {
  const { db } = parts.database
  const invitation = secretShape.test(secret)
    ? await findInvitationOf(db, sha256Base64Url(secret))
    : undefined
  const connection =
    invitation === undefined ? undefined : await findConnectionOf(db, invitation.connectionId)
  if (invitation === undefined || connection === undefined) return refused({ kind: 'unknown' })
  const { connectionId, workspaceName } = connection
  const own = accountId && (await waysIn(db, accountId, connection))
  const about = { workspaceName, ...(own === 'in' && { connectionId }) }
  if (invitation.usedAt !== undefined) return refused({ kind: 'used' }, about)
  if (invitation.expiresAt <= parts.clock.now()) return refused({ kind: 'expired' }, about)
  const member = await parts.steps.findMember(connectionId, invitation.memberId)
  if (member === undefined) return refused({ kind: 'member-gone' }, about)
  if (member.isSuspended) return refused({ kind: 'member-suspended' }, about)
  if (own !== undefined) return refused({ kind: 'already-in' }, about)
  const address = accountId && (await parts.accounts.verifiedAddressOf(accountId))
  if (address !== undefined && !isSameAddress(address, member.emailAddress)) {
    return refused({ kind: 'other-address', own: address, invited: member.emailAddress }, about)
  }
  return { kind: 'open', workspaceName, member, invitation }
}

export async function joinByInvitation(
  parts: SeatParts,
  accountId: AccountId,
  secret: string,
): Promise<Joined> {
  const seen = await seeInvitation(parts, secret, accountId)
  if (seen.kind === 'refused') return seen
  const { invitation, member, workspaceName } = seen
  const { connectionId } = invitation
  const owner = await useInvitation(parts, { accountId, secret, invitation, member })
  if (owner === undefined) {
    // Something happened meanwhile, and the invitation says what; or another account has the member's seat.
    const now = await seeInvitation(parts, secret, accountId)
    return now.kind === 'refused' ? now : refused({ kind: 'used' }, { workspaceName })
  }
  tell(parts, connectionId, [accountId, owner])
  const connection = await findConnection(parts.database.db, accountId, connectionId)
  if (connection === undefined) return refused({ kind: 'unknown' })
  return { kind: 'joined', connection, memberName: member.name }
}

interface Use {
  readonly accountId: AccountId
  readonly secret: string
  readonly invitation: SeatInvitation
  readonly member: SeatMember
}

/** Adds the seat, and returns the connection's owner; undefined when the invitation no longer stands. */
async function useInvitation(
  parts: SeatParts,
  { accountId, secret, invitation: { connectionId }, member }: Use,
): Promise<AccountId | undefined> {
  const joining = parts.database.transaction(async (db) => {
    const connection = await findConnectionOf(db, connectionId)
    if (connection === undefined) throw new Overtaken()
    const use = { secretHash: sha256Base64Url(secret), at: parts.clock.now() }
    const used = await consumeInvitation(db, connectionId, use)
    if (used === undefined) throw new Overtaken()
    if ((await waysIn(db, accountId, connection)) !== undefined) throw new Overtaken()
    const isActive = await parts.steps.lockActiveMember(db, connectionId, used.memberId)
    if (!isActive) throw new Overtaken()
    const { workspaceName } = connection
    const isAdded = await addSeat(db, connectionId, {
      connectionId,
      accountId,
      memberId: used.memberId,
      workspaceName,
      memberName: member.name,
      sees: used.sees,
      mayLink: used.mayLink,
      joinedAt: use.at,
    })
    if (!isAdded) throw new Overtaken()
    const details = { workspace: workspaceName, member: member.name }
    const event = { kind: 'seat-joined', connectionId, details } as const
    await parts.accounts.recordEvent(db, accountId, event)
    await parts.accounts.recordEvent(db, connection.accountId, event)
    return connection.accountId
  })
  return await joining.catch((error: unknown) => {
    if (error instanceof Overtaken) return undefined
    throw error
  })
}

/** Thrown inside the transaction, so that the invitation stays unused. */
class Overtaken extends Error {
  override readonly name = 'Overtaken'
}

/** Returns how the account is in the workspace already: through this connection, or through another one. */
async function waysIn(
  db: Db,
  accountId: AccountId,
  { connectionId, workspaceId }: Connection,
): Promise<'in' | 'elsewhere' | undefined> {
  const ways = (await listConnections(db, accountId)).filter(
    (one) => one.workspaceId === workspaceId,
  )
  if (ways.length === 0) return undefined
  return ways.some((one) => one.connectionId === connectionId) ? 'in' : 'elsewhere'
}

function isSameAddress(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase()
}

function refused(
  refusal: InvitationRefusal,
  about: { readonly workspaceName?: string; readonly connectionId?: string } = {},
): Extract<SeenInvitation, { kind: 'refused' }> {
  return { kind: 'refused', refusal, ...about }
}
