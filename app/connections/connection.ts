// A connection as one account may use it: as its owner, or with a seat.
import type { Tables } from '../database/tables.ts'
import type { AccountId, ConnectionId, MemberId, WorkspaceId } from '../support/ids.ts'

export type ConnectionStatus = Tables['connections']['status']

/** A connection as one account may use it: as its owner, or with a seat. */
export interface Connection extends SeatAccess {
  /** The owner, in whose name Taskr keeps the token, the webhook and the copy. */
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
  readonly workspaceId: WorkspaceId
  readonly workspaceName: string
  readonly workspaceSlug: string
  /** The member as whom this account acts; undefined for an owner whose token names no member. */
  readonly memberId: MemberId | undefined
  /** The member who approved in Attio; undefined for tokens that name no member. */
  readonly approverId: MemberId | undefined
  readonly scopes: readonly string[]
  readonly status: ConnectionStatus
  readonly createdAt: number
  readonly updatedAt: number
  /** The time when `GET /v2/self` last confirmed the connection. */
  readonly checkedAt: number
}

export interface SeatAccess {
  /** The account that looks; the owner or the holder of a seat. */
  readonly viewerId: AccountId
  readonly role: 'owner' | 'seat'
  /** `own`: tasks that are assigned to the member, or that Taskr created for them. */
  readonly sees: 'own' | 'everyone'
  /** True when the account may find records and link them to tasks. */
  readonly mayLink: boolean
  /** When the holder of the seat was last here, to within a few minutes; undefined for the owner. */
  readonly seenAt: number | undefined
}

export interface SealedConnection extends Connection {
  readonly sealedAccessToken: string
}

export function withoutToken(sealed: SealedConnection): Connection {
  const { sealedAccessToken: _sealedAccessToken, ...connection } = sealed
  return connection
}

export function ownersAccess(viewerId: AccountId) {
  return { viewerId, role: 'owner', sees: 'everyone', mayLink: true, seenAt: undefined } as const
}
