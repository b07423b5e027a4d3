// Taskr's accounts: sign-up, log-in, sessions, passwords, limits and the audit log.

import { createArgon2id } from './passwords/argon2id.ts'
import {
  changePassword,
  type PasswordChange,
  type PasswordChanged,
} from './passwords/change-password.ts'
import { askForSignUpLink, type SignUpLinkAsked } from './admitting/ask-for-sign-up-link.ts'
import { findSignUpLink } from './admitting/sign-up-links.ts'
import type { SignUpLink } from './admitting/sign-up-link-store.ts'
import { openSignUp, type SignUpRule } from './admitting/sign-up-rule.ts'
import { changeTimeZone, type TimeZoneChanged } from './own-account/change-time-zone.ts'
import { confirmPassword, type PasswordConfirmation } from './passwords/confirm-password.ts'
import type { PasswordAndCode } from './passwords/verify-own-password.ts'
import { createPasskeys, type Passkeys } from './passkeys/passkeys.ts'
import type { RelyingParty } from './passkeys/relying-party.ts'
import { createSecondFactor, type SecondFactor } from './second-factor/second-factor.ts'
import { finishSignIn, findUnfinished, type FinishedSignIn } from './signing-in/finish-sign-in.ts'
import {
  deleteAccount,
  type AccountDeletion,
  type DeletionAsked,
} from './own-account/delete-account.ts'
import { endSessionOfCookie, endUnendedSessions } from './sessions/end-session-of-cookie.ts'
import { isUnended, type UnendedSessions } from './sessions/unended-sessions.ts'
import { endOtherSessions, endSession } from './sessions/end-sessions.ts'
import { exportAccount, type AccountExport } from './own-account/export-account.ts'
import { listExisting } from './own-account/account-store.ts'
import { findSession, findSessions } from './sessions/find-session.ts'
import { findVerifiedAddress } from './own-account/account-store.ts'
import { answerResetRequests } from './mailed/answer-reset-requests.ts'
import {
  changeAddress,
  findOwnAddress,
  type AddressChange,
  type AddressChanged,
  type OwnAddress,
} from './mailed/change-address.ts'
import { confirmAddress, type AddressConfirmed } from './mailed/confirm-address.ts'
import type { LinkPurpose } from './mailed/mailed-link-store.ts'
import { findLink, type FoundLink } from './mailed/mailed-links.ts'
import {
  askForReset,
  resetPassword,
  type PasswordReset,
  type ResetAsked,
  type ResetGiven,
} from './mailed/reset-password.ts'
import { mailOff } from '../mail/mail.ts'
import { createSeenSessions } from './sessions/seen-sessions.ts'
import { forgetExpired } from './forget-expired.ts'
import { createLimits, type Admission, type Limits } from './limits/limits.ts'
import {
  listEvents,
  type AccountEvent,
  type EventPage,
  type NewEvent,
} from './audit/event-store.ts'
import { createOperating, type Operating } from './operating/operating.ts'
import { createPasswords, type Passwords } from './passwords/password-hasher.ts'
import { recordEvent } from './audit/record-event.ts'
import type { AccountParts } from './account-parts.ts'
import type { Session } from './sessions/session.ts'
import { listSessions, type OpenSession } from './sessions/session-store.ts'
import { signIn, type SignIn, type SignInGiven } from './signing-in/sign-in.ts'
import { createSingleSignOn, type SingleSignOn } from './single-sign-on/single-sign-on.ts'
import type { IdentityProvider } from './single-sign-on/identity-provider.ts'
import { signOut } from './sessions/sign-out.ts'
import { signUp, type SignUp, type SignUpGiven } from './signing-in/sign-up.ts'
import type { Client } from './client.ts'
import type { Db } from '../database/tables.ts'
import type { AccountId, SessionId } from '../support/ids.ts'

export type { AccountEvent, EventKind, NewEvent } from './audit/event-store.ts'
export type { OpenSession } from './sessions/session-store.ts'
export type { Session } from './sessions/session.ts'
export { clientNetwork } from './limits/client-network.ts'
export { createCounters, type Counter } from './limits/counters.ts'
export { isNetwork, isVeryWideNetwork } from './limits/exempt-networks.ts'
export { createLimits, type Admission, type LimitSettings } from './limits/limits.ts'
export type { LimitRules } from './limits/limit-rules.ts'
export { sessionAbsoluteMs } from './sessions/session-lifetime.ts'
export { minimumPasswordLength } from './passwords/minimum-length.ts'
export type { SignIn, SignInGiven } from './signing-in/sign-in.ts'
export { challengeLifetimeMs } from './passkeys/challenges.ts'
export { readPasskeyName } from './passkeys/passkey-name.ts'
export type { ListedPasskey } from './passkeys/passkeys.ts'
export { relyingPartyOf } from './passkeys/relying-party.ts'
export { unfinishedLifetimeMs } from './signing-in/enter-account.ts'
export type { FinishedSignIn } from './signing-in/finish-sign-in.ts'
export type { FactorSealer } from './second-factor/factor-sealer.ts'
export type { FactorSetUp, SecondFactorState } from './second-factor/set-up-factor.ts'
export { resetRequests } from './mailed/reset-request-store.ts'
export { sealedFactors } from './second-factor/sealed-factors.ts'
export type { SignUp, SignUpGiven } from './signing-in/sign-up.ts'
export type { Client } from './client.ts'

export { createArgon2id, type Argon2Parameters } from './passwords/argon2id.ts'
export { createPasswords } from './passwords/password-hasher.ts'

export {
  createIdentityProvider,
  type IdentityProvider,
  type ProviderSettings,
} from './single-sign-on/identity-provider.ts'
export { providerStandsMs } from './passwords/verify-own-password.ts'
export { signOnLastsMs } from './single-sign-on/begin-sign-on.ts'
export type { BegunSignOn } from './single-sign-on/begin-sign-on.ts'
export type { FinishedSignOn } from './single-sign-on/finish-sign-on.ts'
export type { IdentityLinked } from './single-sign-on/settle-arrival.ts'
export type { SignOnState, SingleSignOn } from './single-sign-on/single-sign-on.ts'
export type { ListedAccount } from './operating/account-list-store.ts'
export { createOperating, type NamedOperatorEvent, type Operating } from './operating/operating.ts'
export type { OperatorEventKind } from './operating/operator-event-store.ts'
export type { SignUpLinkMade } from './operating/operator-links.ts'
export type { WhyNotAdmitted } from './admitting/admit-sign-up.ts'
export type { SignUpLinkAsked } from './admitting/ask-for-sign-up-link.ts'
export { readDomain, type SignUpRule } from './admitting/sign-up-rule.ts'
export type { LinkAddresses } from './account-parts.ts'
export type { AddressChanged, OwnAddress } from './mailed/change-address.ts'
export type { AddressConfirmed } from './mailed/confirm-address.ts'
export type { PasswordReset, ResetAsked } from './mailed/reset-password.ts'

export type Accounts = {
  /** What operators can do. */
  readonly operating: Operating
  /** Undefined when no identity provider is configured. */
  readonly singleSignOn: SingleSignOn | undefined
  /** Who may sign up. */
  readonly signUpRule: SignUpRule
  /** Mails a link to sign up with, where only addresses of certain domains may. */
  readonly askForSignUpLink: (
    given: { readonly emailAddress: string; readonly invitation?: string | undefined },
    client: Client,
  ) => Promise<SignUpLinkAsked>
  /** Returns what a link to sign up with says; undefined for one that is unknown, used or expired. */
  readonly findSignUpLink: (secret: string) => Promise<SignUpLink | undefined>
  readonly signUp: (given: SignUpGiven, client: Client) => Promise<SignUp>
  readonly signIn: (given: SignInGiven, client: Client) => Promise<SignIn>
  /** Returns the username whose log-in this browser has begun; undefined when there is none that waits for a code. */
  readonly findUnfinishedSignIn: (cookieValue: string) => Promise<string | undefined>
  /** Finishes a log-in with a code of the authenticator app, or a recovery code. */
  readonly finishSignIn: (
    cookieValue: string,
    code: string,
    client: Client,
  ) => Promise<FinishedSignIn>
  readonly secondFactor: SecondFactor
  readonly passkeys: Passkeys
  readonly signOut: (session: Session) => Promise<void>
  /** Logs out the browser with that cookie. Never throws: the session is refused even when it cannot be deleted. */
  readonly endSessionOfCookie: (cookieValue: string) => Promise<void>
  /** Returns the session of a cookie; undefined for an unknown, ended or expired one. */
  readonly findSession: (cookieValue: string) => Promise<Session | undefined>
  /** Returns the sessions of many cookies, in their order. */
  readonly findSessions: (
    cookieValues: readonly string[],
  ) => Promise<readonly (Session | undefined)[]>
  /** Writes when the sessions found since the last time were used. Called once a minute on every node. */
  readonly writeLastSeen: () => Promise<void>
  /** Verifies password and code again before an irreversible action. The session gets a new cookie. */
  readonly confirmPassword: (
    session: Session,
    given: PasswordAndCode,
    client: Client,
  ) => Promise<PasswordConfirmation>
  /** Ends every session of the account and gives this browser a new one. */
  readonly changePassword: (
    session: Session,
    change: PasswordChange,
    client: Client,
  ) => Promise<PasswordChanged>
  /** Returns the account's address, and the one that waits for its link to be opened. */
  readonly findOwnAddress: (accountId: AccountId) => Promise<OwnAddress>
  /** Mails a link that sets the address once it is opened; an empty address removes the present one. */
  readonly changeAddress: (
    session: Session,
    change: AddressChange,
    client: Client,
  ) => Promise<AddressChanged>
  /** Returns what a link would confirm, or reset; undefined for one that is unknown, used or expired. */
  readonly findLink: (purpose: LinkPurpose, secret: string) => Promise<FoundLink | undefined>
  readonly confirmAddress: (secret: string, client: Client) => Promise<AddressConfirmed>
  /** Takes note of a request for a reset link, without looking the address up. */
  readonly askForReset: (emailAddress: string, client: Client) => Promise<ResetAsked>
  /** Mails a link for each noted request whose address is known. Returns how many requests it answered. */
  readonly answerResetRequests: (signal?: AbortSignal) => Promise<number>
  /** Sets a new password by a mailed link, and ends every session of the account. */
  readonly resetPassword: (given: ResetGiven, client: Client) => Promise<PasswordReset>
  readonly changeTimeZone: (session: Session, timeZone: string) => Promise<TimeZoneChanged>
  /** Returns the working sessions, most recently seen first, at most 100. */
  readonly listSessions: (accountId: AccountId) => Promise<readonly OpenSession[]>
  /** Returns false when the account has no such session. */
  readonly endSession: (session: Session, sessionId: SessionId) => Promise<boolean>
  /** Returns the number of sessions ended. */
  readonly endOtherSessions: (session: Session) => Promise<number>
  readonly deleteAccount: (
    session: Session,
    asked: DeletionAsked,
    client: Client,
  ) => Promise<AccountDeletion>
  /** Returns those of the accounts that exist. */
  readonly listExisting: (accountIds: readonly AccountId[]) => Promise<ReadonlySet<AccountId>>
  readonly exportAccount: (session: Session) => Promise<AccountExport>
  /** Returns the account's e-mail address when it is known to reach its person. */
  readonly verifiedAddressOf: (accountId: AccountId) => Promise<string | undefined>
  /** Counts an export: each reads everything that Taskr holds for the account. */
  readonly admitExport: (session: Session) => Promise<Admission>
  /** Adds to the account's audit log; `db` may be the transaction that the event belongs to. */
  readonly recordEvent: (db: Db, accountId: AccountId, event: NewEvent) => Promise<void>
  /** Returns events newest first. */
  readonly listEvents: (
    accountId: AccountId,
    page: EventPage,
  ) => Promise<{ readonly events: readonly AccountEvent[]; readonly total: number }>
  /** Removes expired sessions, counters and the audit logs of deleted accounts. Runs once an hour. */
  readonly forgetExpired: () => Promise<void>
}

export type AccountsOptions = Omit<
  AccountParts,
  'passwords' | 'limits' | 'mail' | 'linkAddresses' | 'signUpRule'
> & {
  /** Default: no mail. */
  readonly mailing?: Pick<AccountParts, 'mail' | 'linkAddresses'>
  /** Default: none. */
  readonly identityProvider?: IdentityProvider | undefined
  /** Default: everyone may sign up. */
  readonly signUpRule?: SignUpRule
  /** Taskr as authenticators know it. Default: none, and so no passkeys. */
  readonly relyingParty?: RelyingParty | undefined
  /** Default: argon2id as documented in decision 0011. */
  readonly passwords?: Passwords
  /** Default: the limits of decision 0013. */
  readonly limits?: Limits
}

export function createAccounts(options: AccountsOptions): Accounts {
  const { database, clock, randomBytes } = options
  const parts: AccountParts = {
    ...options,
    ...(options.mailing ?? noMailing),
    signUpRule: options.signUpRule ?? openSignUp,
    passwords: options.passwords ?? createPasswords({ randomBytes, argon2id: createArgon2id() }),
    limits: options.limits ?? createLimits({ database, clock }),
  }
  const unended: UnendedSessions = new Map()
  const seen = createSeenSessions(parts)
  return {
    operating: createOperating(parts),
    singleSignOn: options.identityProvider && createSingleSignOn(parts, options.identityProvider),
    signUpRule: parts.signUpRule,
    askForSignUpLink: (given, client) => askForSignUpLink(parts, given, client),
    findSignUpLink: (secret) => findSignUpLink(parts, secret),
    signUp: (given, client) => signUp(parts, given, client),
    signIn: (given, client) => signIn(parts, given, client),
    findUnfinishedSignIn: async (cookieValue) =>
      (await findUnfinished(parts, cookieValue))?.account.username,
    finishSignIn: (cookieValue, code, client) => finishSignIn(parts, cookieValue, code, client),
    secondFactor: createSecondFactor(parts),
    passkeys: createPasskeys(parts, options.relyingParty),
    signOut: (session) => signOut(parts, session),
    endSessionOfCookie: (cookieValue) => endSessionOfCookie(parts, unended, cookieValue),
    findSession: async (cookieValue) => {
      if (!isUnended(unended, cookieValue)) return await findSession(parts, seen, cookieValue)
      await endUnendedSessions(parts, unended)
      return undefined
    },
    findSessions: (cookieValues) => findSessions(parts, { seen, unended }, cookieValues),
    writeLastSeen: seen.write,
    confirmPassword: (session, given, client) => confirmPassword(parts, session, given, client),
    changePassword: (session, change, client) => changePassword(parts, session, change, client),
    findOwnAddress: (accountId) => findOwnAddress(parts, accountId),
    changeAddress: (session, change, client) => changeAddress(parts, session, change, client),
    findLink: (purpose, secret) => findLink(parts, purpose, secret),
    confirmAddress: (secret, client) => confirmAddress(parts, secret, client),
    askForReset: (emailAddress, client) => askForReset(parts, emailAddress, client),
    answerResetRequests: (signal) => answerResetRequests(parts, signal),
    resetPassword: (given, client) => resetPassword(parts, given, client),
    changeTimeZone: (session, timeZone) => changeTimeZone(parts, session, timeZone),
    listSessions: (accountId) => listSessions(database.db, accountId, clock.now()),
    endSession: (session, sessionId) => endSession(parts, session, sessionId),
    endOtherSessions: (session) => endOtherSessions(parts, session),
    deleteAccount: (session, asked, client) => deleteAccount(parts, session, asked, client),
    listExisting: (accountIds) => listExisting(database.db, accountIds),
    exportAccount: (session) => exportAccount(parts, session),
    verifiedAddressOf: (accountId) => findVerifiedAddress(database.db, accountId),
    admitExport: ({ accountId }) => parts.limits.admitExport(accountId),
    recordEvent: (db, accountId, event) => recordEvent(parts, db, accountId, event),
    listEvents: (accountId, page) => listEvents(database.db, accountId, page),
    forgetExpired: async () => {
      await endUnendedSessions(parts, unended)
      await forgetExpired(parts)
    },
  }
}

const noMailing: Pick<AccountParts, 'mail' | 'linkAddresses'> = {
  mail: mailOff,
  linkAddresses: { verification: () => '', reset: () => '', signUp: () => '', settings: '' },
}
