// The tables of accounts and what belongs to each: sessions, the audit log, mailed links, limits.
import type { Generated } from 'kysely'
import type {
  AccountId,
  ConnectionId,
  EventId,
  MailedLinkId,
  ResetRequestId,
  SessionId,
  SignUpLinkId,
} from '../../support/ids.ts'

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

export type FirstAccountsTable = {
  installation: number
  account_id: AccountId
}

export type SessionsTable = {
  account_id: AccountId
  session_id: SessionId
  cookie_hash: string
  user_agent: string
  created_at: number
  last_seen_at: number
  password_confirmed_at: number
  /** When its person last logged in anew at the identity provider, asked to confirm who they are. */
  provider_confirmed_at: number | null
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

export type OperatorEventsTable = {
  event_id: EventId
  at: number
  kind: string
  operator_id: AccountId | null
  account_id: AccountId | null
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

export type SignUpLinksTable = {
  sign_up_link_id: SignUpLinkId
  secret_hash: string
  made_by: 'person' | 'operator'
  email_address: string | null
  invitation_hash: string | null
  created_at: number
  expires_at: number
}

export type RateLimitsTable = {
  key: string
  points: number
  expire: number | null
}
