// The tables of connections: connecting, seats, revocations, keys, permits.
import type { Generated } from 'kysely'
import type {
  AccountId,
  AuthorizationRequestId,
  ConnectionId,
  MemberId,
  RevocationId,
  SessionId,
  WorkspaceId,
} from '../../support/ids.ts'

export type AuthorizationRequestsTable = {
  account_id: AccountId
  authorization_request_id: AuthorizationRequestId
  session_id: SessionId
  state_hash: string
  browser_hash: string
  sealed_code_verifier: string
  redirect_uri: string
  reconnects_connection_id: ConnectionId | null
  sealed_code: string | null
  created_at: number
  expires_at: number
}

export type ConnectionsTable = {
  account_id: AccountId
  connection_id: ConnectionId
  workspace_id: WorkspaceId
  workspace_name: string
  workspace_slug: string
  workspace_member_id: MemberId | null
  scopes: string
  status: 'active' | 'needs-reconnect' | 'missing-scopes' | 'disconnecting'
  sealed_access_token: string
  created_at: number
  updated_at: number
  checked_at: number
  next_check_at: Generated<number>
  leased_until: Generated<number>
  lease_number: Generated<number>
  approver_id: MemberId | null
}

export type SeatsTable = {
  connection_id: ConnectionId
  account_id: AccountId
  workspace_member_id: MemberId
  workspace_name: string
  member_name: string
  sees: 'own' | 'everyone'
  may_link: 0 | 1
  state: 'active' | 'removed' | 'suspended' | 'left' | 'disconnected'
  joined_at: number
  last_seen_at: number
  ended_at: number | null
  unsent: string
}

export type InvitationsTable = {
  connection_id: ConnectionId
  workspace_member_id: MemberId
  secret_hash: string
  sees: 'own' | 'everyone'
  may_link: 0 | 1
  created_at: number
  expires_at: number
  used_at: number | null
}

export type RevocationsTable = {
  account_id: AccountId
  revocation_id: RevocationId
  connection_id: ConnectionId
  workspace_name: string
  sealed_access_token: string | null
  status: 'held' | 'pending' | 'revoked' | 'gave-up'
  attempts: number
  last_answer: string | null
  next_attempt_at: number
  leased_until: number
  lease_number: number
  created_at: number
  finished_at: number | null
  webhook_id: string | null
  webhook_key_hash: string | null
  webhook_status: 'pending' | 'removed' | 'left' | null
  webhook_attempts: Generated<number>
  webhook_answer: string | null
}

export type KeyChecksTable = {
  key_id: string
  sealed_value: string
}

export type AttioPermitsTable = {
  access: 'read' | 'write'
  number: number
  free_at: number
  lease_number: number
  leased_until: Generated<number>
}
