// The tables of ways to sign in beside a password: second factors, passkeys, single sign-on.
import type { AccountId, FactorId, PasskeyId, SessionId, SignInId } from '../../support/ids.ts'

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

export type SignOnRequestsTable = {
  state_hash: string
  return_to: string
  created_at: number
  expires_at: number
  /** The account and session that began a confirmation; null for a log-in. */
  account_id: AccountId | null
  session_id: SessionId | null
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
