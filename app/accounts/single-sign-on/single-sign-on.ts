// Single sign-on as the rest of Taskr uses it; absent when no provider is configured.

import type { AccountId } from '../../support/ids.ts'
import type { AccountParts } from '../account-parts.ts'
import type { Client } from '../client.ts'
import { findAccount } from '../own-account/account-store.ts'
import { noPassword } from '../passwords/no-password.ts'
import type { Session } from '../sessions/session.ts'
import type { SignUp } from '../signing-in/sign-up.ts'
import type { SignOnArrival } from './arrival-store.ts'
import { beginSignOn, type BegunSignOn } from './begin-sign-on.ts'
import { finishSignOn, type FinishedSignOn, type SignOnAnswer } from './finish-sign-on.ts'
import { listIdentities } from './identity-store.ts'
import type { IdentityProvider } from './identity-provider.ts'
import {
  findArrival,
  linkArrival,
  signUpArrival,
  unlinkAccount,
  type IdentityLinked,
  type SignUpByProvider,
} from './settle-arrival.ts'

export type SingleSignOn = {
  /** What people call the provider. */
  readonly label: string
  /** Begins a log-in at the provider; `returnTo` is a page of Taskr, or empty. */
  readonly begin: (returnTo: string, client: Client) => Promise<BegunSignOn>
  /** Begins a new log-in there that confirms who the session's person is, for an account without a password. */
  readonly beginConfirmation: (
    session: Session,
    returnTo: string,
    client: Client,
  ) => Promise<BegunSignOn>
  readonly finish: (answer: SignOnAnswer) => Promise<FinishedSignOn>
  /** Returns who arrived from the provider in this browser and has no account linked yet. */
  readonly findArrival: (secret: string) => Promise<SignOnArrival | undefined>
  readonly link: (session: Session, secret: string) => Promise<IdentityLinked>
  readonly signUp: (
    secret: string,
    given: SignUpByProvider,
    client: Client,
  ) => Promise<SignUp | { readonly kind: 'expired' }>
  /** Returns false when the account is not linked, or has no password to log in with. */
  readonly unlink: (session: Session) => Promise<boolean>
  readonly find: (accountId: AccountId) => Promise<SignOnState>
}

export type SignOnState = {
  /** The address that the provider last named; undefined when the account is not linked. */
  readonly linkedAs: string | undefined
  readonly hasPassword: boolean
}

export function createSingleSignOn(parts: AccountParts, provider: IdentityProvider): SingleSignOn {
  return {
    label: provider.label,
    begin: (returnTo, client) => beginSignOn(parts, provider, returnTo, client),
    beginConfirmation: (session, returnTo, client) =>
      beginSignOn(parts, provider, returnTo, client, session),
    finish: (answer) => finishSignOn(parts, provider, answer),
    findArrival: (secret) => findArrival(parts, secret),
    link: (session, secret) => linkArrival(parts, session, secret),
    signUp: (secret, given, client) => signUpArrival(parts, secret, given, client),
    unlink: (session) => unlinkAccount(parts, session),
    find: async (accountId) => {
      const { db } = parts.database
      const [identity] = await listIdentities(db, accountId)
      const account = await findAccount(db, accountId)
      return {
        linkedAs: identity?.emailAddress,
        hasPassword: account?.passwordHash !== noPassword,
      }
    },
  }
}
