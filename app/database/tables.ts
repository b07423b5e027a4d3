// The tables that the migrations create, as types: one type per table, in the words and order of the .sql files.
// Times are milliseconds, booleans are 0 or 1, JSON is text.

import type { Generated, Kysely } from 'kysely'
import type {
  AccountId,
  AuthorizationRequestId,
  ChangeId,
  ConnectionId,
  EventId,
  FactorId,
  RefetchRequestId,
  MailedLinkId,
  MailId,
  MemberId,
  PasskeyId,
  ResetRequestId,
  RevocationId,
  SessionId,
  SignUpLinkId,
  SignInId,
  TaskId,
  WorkspaceId,
} from '../support/ids.ts'

/** A database, or a transaction in it: store functions work with either. */
export type Db = Kysely<Tables>

export type Tables = {
  readonly accounts: AccountsTable
  readonly sessions: SessionsTable
  readonly events: EventsTable
  readonly authorization_requests: AuthorizationRequestsTable
  readonly connections: ConnectionsTable
  readonly seats: SeatsTable
  readonly invitations: InvitationsTable
  readonly revocations: RevocationsTable
  readonly mirrors: MirrorsTable
  readonly heartbeats: HeartbeatsTable
  readonly tasks: TasksTable
  readonly removed_tasks: RemovedTasksTable
  readonly workspace_members: WorkspaceMembersTable
  readonly linked_records: LinkedRecordsTable
  readonly changes: ChangesTable
  readonly webhooks: WebhooksTable
  readonly webhook_deliveries: WebhookDeliveriesTable
  readonly refetch_requests: RefetchRequestsTable
  readonly mails: MailsTable
  readonly mailed_links: MailedLinksTable
  readonly reset_requests: ResetRequestsTable
  readonly sign_up_links: SignUpLinksTable
  readonly first_accounts: FirstAccountsTable
  readonly second_factors: SecondFactorsTable
  readonly recovery_codes: RecoveryCodesTable
  readonly unfinished_sign_ins: UnfinishedSignInsTable
  readonly operator_events: OperatorEventsTable
  readonly passkeys: PasskeysTable
  readonly passkey_challenges: PasskeyChallengesTable
  readonly sign_on_requests: SignOnRequestsTable
  readonly sign_on_identities: SignOnIdentitiesTable
  readonly sign_on_arrivals: SignOnArrivalsTable
  readonly key_checks: KeyChecksTable
  readonly attio_permits: AttioPermitsTable
  readonly rate_limits: RateLimitsTable
  readonly revisions: RevisionsTable
  readonly migrations: MigrationsTable
}

export type AccountsTable = {
  account_id: AccountId
  username: string
  username_key: string
  email_address: string | null
  password_hash: string
  time_zone: string
  created_at: number
  email_verified_at: number | null
  verified_email_key: Generated<string | null>
  is_operator: Generated<0 | 1>
  invitation_hash: Generated<string | null>
  locked_at: Generated<number | null>
}

export type SessionsTable = {
  account_id: AccountId
  session_id: SessionId
  cookie_hash: string
  user_agent: string
  created_at: number
  last_seen_at: number
  password_confirmed_at: number
  expires_at: number
}

export type EventsTable = {
  account_id: AccountId
  event_id: EventId
  kind: string
  at: number
  connection_id: ConnectionId | null
  details: string
}

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

export type MirrorsTable = {
  connection_id: ConnectionId
  as_of: number | null
  sync_started_at: number | null
  sync_tasks_seen: number
  problem: string | null
  leased_until: number
  lease_number: number
  account_id: AccountId | null
  next_sync_at: Generated<number>
  failures_in_a_row: Generated<number>
  unread_tasks: Generated<number>
  unread_members: Generated<number>
  unread_names: Generated<number>
  rests_until: Generated<number>
}

export type HeartbeatsTable = {
  name: string
  at: number
}

export type TasksTable = {
  connection_id: ConnectionId
  task_id: TaskId
  content: string
  deadline_at: number | null
  deadline_day: string | null
  is_completed: 0 | 1
  completed_at: number | null
  assignee_ids: string
  linked_records: string
  created_by: string | null
  created_at: number
  observed_at: number
  pending: string | null
  observed: string | null
  is_hidden: Generated<0 | 1>
  is_provisional: Generated<0 | 1>
  search_words: Generated<string | null>
  requested_by: MemberId | null
}

export type RemovedTasksTable = {
  connection_id: ConnectionId
  task_id: TaskId
  removed_at: number
}

export type WorkspaceMembersTable = {
  connection_id: ConnectionId
  workspace_member_id: MemberId
  first_name: string
  last_name: string
  email_address: string
  access_level: string
  shares_name: Generated<0 | 1>
  observed_at: number
  search_words: Generated<string | null>
}

export type LinkedRecordsTable = {
  connection_id: ConnectionId
  target_object: string
  record_id: string
  object_slug: string
  name: string
  web_url: string | null
  observed_at: number
  search_words: Generated<string | null>
}

export type ChangesTable = {
  account_id: AccountId
  change_id: ChangeId
  connection_id: ConnectionId
  workspace_id: WorkspaceId
  task_id: TaskId
  sequence: number
  request_key: string
  kind: 'create' | 'update' | 'delete' | 'replace' | 'note'
  wanted: string
  base: string
  content_hash: string | null
  created_task_id: TaskId | null
  status: 'pending' | 'sent' | 'done' | 'failed' | 'withdrawn'
  problem: string | null
  attempts: number
  unclear_answers: number
  sent_at: number | null
  first_sent_at: number | null
  next_attempt_at: number
  leased_until: number
  lease_number: number
  created_at: number
  finished_at: number | null
  member_id: MemberId | null
  created_note_id: string | null
}

export type WebhooksTable = {
  account_id: AccountId
  connection_id: ConnectionId
  key_hash: string | null
  webhook_id: string | null
  sealed_secret: string | null
  status: 'none' | 'creating' | 'active'
  problem: string | null
  failures: number
  made_at: number | null
  last_delivery_at: number | null
  next_check_at: number
  leased_until: number
  lease_number: number
}

export type WebhookDeliveriesTable = {
  connection_id: ConnectionId
  idempotency_hash: string
  body_hash: string
  received_at: number
}

export type RefetchRequestsTable = {
  account_id: AccountId
  connection_id: ConnectionId
  refetch_request_id: RefetchRequestId
  about: 'task' | 'members' | 'everything'
  task_id: TaskId | ''
  number: number
  requested_at: number
  attempts: number
  next_attempt_at: number
  leased_until: number
  lease_number: number
}

export type MailsTable = {
  account_id: AccountId | null
  mail_id: MailId
  kind: string
  sealed_letter: string
  created_at: number
  useless_at: number
  attempts: number
  next_attempt_at: number
  leased_until: number
  lease_number: number
}

export type SignUpLinksTable = {
  sign_up_link_id: SignUpLinkId
  secret_hash: string
  made_by: 'person' | 'operator'
  email_address: string | null
  invitation_hash: string | null
  created_at: number
  expires_at: number
}

export type FirstAccountsTable = {
  installation: number
  account_id: AccountId
}

export type OperatorEventsTable = {
  event_id: EventId
  at: number
  kind: string
  operator_id: AccountId | null
  account_id: AccountId | null
}

export type SignOnRequestsTable = {
  state_hash: string
  return_to: string
  created_at: number
  expires_at: number
}

export type SignOnIdentitiesTable = {
  account_id: AccountId
  issuer: string
  subject: string
  email_address: string
  linked_at: number
  last_used_at: number
}

export type SignOnArrivalsTable = {
  secret_hash: string
  issuer: string
  subject: string
  email_address: string
  suggested_name: string
  return_to: string
  created_at: number
  expires_at: number
}

export type MailedLinksTable = {
  account_id: AccountId
  link_id: MailedLinkId
  purpose: 'verify-address' | 'reset-password'
  secret_hash: string
  email_address: string
  created_at: number
  expires_at: number
}

export type ResetRequestsTable = {
  reset_request_id: ResetRequestId
  email_key: string
  created_at: number
  next_attempt_at: number
  leased_until: number
  lease_number: number
}

export type SecondFactorsTable = {
  account_id: AccountId
  factor_id: FactorId
  session_id: SessionId
  sealed_secret: string
  created_at: number
  confirmed_at: number | null
  last_step: number
}

export type RecoveryCodesTable = {
  account_id: AccountId
  code_hash: string
  created_at: number
}

export type UnfinishedSignInsTable = {
  account_id: AccountId
  sign_in_id: SignInId
  secret_hash: string
  created_at: number
  expires_at: number
}

export type PasskeysTable = {
  account_id: AccountId
  passkey_id: PasskeyId
  credential_id: string
  public_key: string
  counter: number
  transports: string
  name: string
  is_synced: number
  created_at: number
  last_used_at: number | null
}

export type PasskeyChallengesTable = {
  browser_hash: string
  purpose: 'add' | 'sign-in' | 'confirm'
  account_id: AccountId | null
  session_id: SessionId | null
  challenge: string
  created_at: number
  expires_at: number
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

export type RateLimitsTable = {
  key: string
  points: number
  expire: number | null
}

/** Written by revisions/raising-dialect.ts only. */
export type RevisionsTable = {
  /** An account's or a connection's id. */
  owner_id: string
  revision: number
}

/** Created by migrate.ts itself, before the first file runs. */
export type MigrationsTable = {
  number: number
  name: string
  checksum: string
  applied_at: number
}
