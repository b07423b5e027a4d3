// A second admin who connects a workspace that is connected here already may join that connection with a seat instead:
// the fresh token then goes back to Attio. Until they choose, the token is held.
import type { ActiveIdentity } from '@taskr/attio'
import { asMemberId, asWorkspaceId, type AccountId, type RevocationId } from '../../support/ids.ts'
import { clientWith } from '../calling/call-attio.ts'
import { withinTimeLimit } from '../calling/time-limit.ts'
import { dropHeldToken, openHeldToken } from '../connecting/held-tokens.ts'
import { identifyToken } from '../connecting/identify-token.ts'
import { offerHeldToken, findOfferedToken } from '../ending/held-token-store.ts'
import type { ConnectionParts } from '../connection-parts.ts'
import { findConnection, listConnections } from '../usable-connection-store.ts'
import {
  findConnectionOf,
  findConnectionToWorkspace,
  listConnectionsToWorkspace,
} from '../connection-store.ts'
import type { Connection } from '../connection.ts'
import { tell } from './end-seat.ts'
import type { SeatParts } from './seat-parts.ts'
import { addSeat, findActiveSeatOfMember } from './seat-store.ts'

/** A connection of another account that this account may join. */
export interface Offer {
  readonly held: RevocationId
  readonly connection: Connection
  /** True when the account has a seat there already. */
  readonly isIn: boolean
}

/** Returns the connection that the approving member could join; undefined when they connect as before. */
export async function findJoinable(
  parts: ConnectionParts,
  accountId: AccountId,
  identity: ActiveIdentity,
): Promise<Connection | undefined> {
  const { db } = parts.database
  const workspaceId = asWorkspaceId(identity.workspaceId)
  const member = identity.authorizedByWorkspaceMemberId
  if (member === undefined) return undefined
  if ((await findConnectionToWorkspace(db, accountId, workspaceId)) !== undefined) return undefined
  const mine = await listConnections(db, accountId)
  const seat = mine.find((one) => one.workspaceId === workspaceId)
  if (seat !== undefined) return seat
  for (const connection of await listConnectionsToWorkspace(db, workspaceId)) {
    const memberId = asMemberId(member)
    if (connection.memberId === memberId) continue
    const taken = await findActiveSeatOfMember(db, connection.connectionId, memberId)
    if (taken === undefined) return connection
  }
  return undefined
}

/** Keeps the token for the person's choice. */
export async function makeOffer(
  parts: ConnectionParts,
  accountId: AccountId,
  offer: { readonly held: RevocationId; readonly connection: Connection },
): Promise<void> {
  await offerHeldToken(parts.database.db, accountId, {
    revocationId: offer.held,
    connectionId: offer.connection.connectionId,
    workspaceName: offer.connection.workspaceName,
  })
}

export async function findOffer(
  parts: ConnectionParts,
  accountId: AccountId,
): Promise<Offer | undefined> {
  const { db } = parts.database
  const offered = await findOfferedToken(db, accountId, parts.clock.now())
  if (offered === undefined) return undefined
  const connection = await findConnectionOf(db, offered.connectionId)
  if (connection === undefined) return undefined
  const own = await findConnection(db, accountId, offered.connectionId)
  return { held: offered.revocationId, connection, isIn: own !== undefined }
}

export type OfferTaken =
  | { readonly kind: 'joined'; readonly connection: Connection; readonly memberName: string }
  /** The offer is over: its token went back, or the connection ended. */
  | { readonly kind: 'over' }

/** Joins with a seat that sees everyone's tasks, as the admin could with a connection of their own. */
export async function takeOffer(parts: SeatParts, accountId: AccountId): Promise<OfferTaken> {
  return await withinTimeLimit(async (signal) => {
    const offer = await findOffer(parts, accountId)
    const token = offer && (await openHeldToken(parts, accountId, offer.held))
    if (offer === undefined || token === undefined) return { kind: 'over' }
    const { held } = offer
    const { connectionId, workspaceName } = offer.connection
    const identified = await identifyToken(clientWith(parts, token, signal), parts.attio.clientId)
    await dropHeldToken(parts, accountId, { held, workspaceName, signal })
    if (identified.kind === 'refused') return { kind: 'over' }
    const approver = identified.identity.authorizedByWorkspaceMemberId
    const isSameWorkspace = identified.identity.workspaceId === offer.connection.workspaceId
    if (approver === undefined || !isSameWorkspace) return { kind: 'over' }
    const memberId = asMemberId(approver)
    const memberName = (await parts.steps.findMember(connectionId, memberId))?.name ?? ''
    const isJoined = await parts.database.transaction(async (db) => {
      const joinedAt = parts.clock.now()
      const rights = { sees: 'everyone', mayLink: true } as const
      const seat = { connectionId, accountId, memberId, workspaceName, memberName, joinedAt }
      if ((await findConnectionOf(db, connectionId)) === undefined) return false
      if (!(await addSeat(db, connectionId, { ...seat, ...rights }))) return false
      const details = { workspace: workspaceName, member: memberName }
      const event = { kind: 'seat-joined', connectionId, details } as const
      await parts.accounts.recordEvent(db, accountId, event)
      await parts.accounts.recordEvent(db, offer.connection.accountId, event)
      return true
    })
    if (!isJoined && !offer.isIn) return { kind: 'over' }
    tell(parts, connectionId, [accountId, offer.connection.accountId])
    const connection = await findConnection(parts.database.db, accountId, connectionId)
    return connection === undefined ? { kind: 'over' } : { kind: 'joined', connection, memberName }
  })
}
