// The tables that the migrations create, as types: one type per table, in the words and order of the .sql files, and one
// file for the tables of a subject. Times are milliseconds, booleans are 0 or 1, JSON is text.

import type { Kysely } from 'kysely'
import type { AccountId, MailId } from '../support/ids.ts'
import type {
  AccountsTable,
  EventsTable,
  FirstAccountsTable,
  MailedLinksTable,
  OperatorEventsTable,
  RateLimitsTable,
  ResetRequestsTable,
  SessionsTable,
  SignUpLinksTable,
} from './tables/account-tables.ts'
import type {
  PasskeyChallengesTable,
  PasskeysTable,
  RecoveryCodesTable,
  SecondFactorsTable,
  SignOnArrivalsTable,
  SignOnIdentitiesTable,
  SignOnRequestsTable,
  UnfinishedSignInsTable,
} from './tables/sign-in-tables.ts'
import type {
  AttioPermitsTable,
  AuthorizationRequestsTable,
  ConnectionsTable,
  InvitationsTable,
  KeyChecksTable,
  RevocationsTable,
  SeatsTable,
} from './tables/connection-tables.ts'
import type {
  ChangesTable,
  LinkedRecordsTable,
  RemovedTasksTable,
  TasksTable,
  WorkspaceMembersTable,
} from './tables/task-tables.ts'
import type {
  HeartbeatsTable,
  MirrorsTable,
  RefetchRequestsTable,
  WebhookDeliveriesTable,
  WebhooksTable,
} from './tables/sync-tables.ts'

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
