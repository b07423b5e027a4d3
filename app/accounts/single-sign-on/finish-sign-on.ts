// Finishes a log-in that comes back from the provider. Whether this browser began it, and whether it came back before, is
// checked before anything is sent to the provider.

import { sha256Base64Url } from '../../support/hash.ts'
import type { AccountId } from '../../support/ids.ts'
import type { Secret } from '../../support/secret.ts'
import type { AccountParts } from '../account-parts.ts'
import type { WhyNotAdmitted } from '../admitting/admit-sign-up.ts'
import { admitToSignUp } from '../admitting/admit-sign-up.ts'
import { recordEvent, describeClient } from '../audit/record-event.ts'
import type { Client } from '../client.ts'
import { emailKeyOf } from '../mailed/mailed-links.ts'
import { holdAccount, listAccountsByEmailKey } from '../own-account/account-store.ts'
import type { Session } from '../sessions/session.ts'
import type { SignedIn } from '../sessions/start-session.ts'
import { readEmailAddress } from '../signing-in/email-address.ts'
import { enterAccount, type CodeNeeded } from '../signing-in/enter-account.ts'
import { confirmThere, type ConfirmedThere } from './confirm-there.ts'
import { addArrival } from './arrival-store.ts'
import { signOnLastsMs } from './begin-sign-on.ts'
import { findAccountOfIdentity, noteIdentityUsed } from './identity-store.ts'
import type { Identity, IdentityProvider, Received } from './identity-provider.ts'
import { consumeSignOnRequest } from './sign-on-request-store.ts'
import {
  createBrowserSecret,
  findBrowserSecret,
  hashOfState,
  secretsOf,
} from './sign-on-secrets.ts'

export type SignOnAnswer = {
  /** The whole address that the provider sent the browser to. */
  readonly address: URL
  /** The values of this browser's cookies for begun log-ins. */
  readonly browserValues: readonly string[]
  /** The secret of an invitation to a seat, which the caller has found open. */
  readonly invitation: string | undefined
  readonly client: Client
  /** The session of the browser that comes back. */
  readonly session: Session | undefined
}

export type FinishedSignOn =
  | (SignedIn & { readonly returnTo: string })
  | (CodeNeeded & { readonly returnTo: string })
  /** The person must give the password of the account with their address once, or choose a username. */
  | {
      readonly kind: 'link-needed' | 'name-needed'
      readonly arrival: Secret
      readonly returnTo: string
    }
  | { readonly kind: 'not-admitted'; readonly why: WhyNotAdmitted }
  | { readonly kind: 'locked' }
  | ConfirmedThere
  /** This browser began no such log-in, it came back before, or it took too long. */
  | { readonly kind: 'unknown' }
  | Exclude<Received, { readonly kind: 'identity' }>

export async function finishSignOn(
  parts: AccountParts,
  provider: IdentityProvider,
  answer: SignOnAnswer,
): Promise<FinishedSignOn> {
  const states = answer.address.searchParams.getAll('state')
  const [state] = states
  if (state === undefined || states.length > 1) return { kind: 'unknown' }
  const browserSecret = findBrowserSecret(answer.browserValues, state)
  if (browserSecret === undefined) return { kind: 'unknown' }
  const { clock, database } = parts
  const request = await consumeSignOnRequest(database.db, hashOfState(state), clock.now())
  if (request === undefined) return { kind: 'unknown' }
  const { confirms } = request
  // Another session, of this person or another one, has not asked.
  if (confirms !== undefined && answer.session?.sessionId !== confirms.sessionId) {
    return { kind: 'unknown' }
  }
  const received = await provider.receive(answer.address, secretsOf(browserSecret))
  if (received.kind !== 'identity') return received
  const { identity } = received
  if (answer.session !== undefined && confirms !== undefined) {
    return await confirmThere(parts, answer.session, identity, request)
  }
  // An address that Taskr could not write to is none.
  if (readEmailAddress(identity.emailAddress).kind !== 'email-address') {
    return { kind: 'no-verified-address' }
  }
  const accountId = await findAccountOfIdentity(database.db, identity)
  return accountId === undefined
    ? await arrive(parts, identity, request.returnTo, answer.invitation)
    : await enterLinked(parts, accountId, identity, request.returnTo, answer.client)
}

async function enterLinked(
  parts: AccountParts,
  accountId: AccountId,
  { emailAddress, issuer, subject }: Identity,
  returnTo: string,
  browserClient: Client,
): Promise<FinishedSignOn> {
  const entered = await parts.database.transaction(async (db): Promise<FinishedSignOn> => {
    const account = await holdAccount(db, accountId)
    if (account === undefined) return { kind: 'unknown' }
    if (account.lockedAt !== undefined) {
      const event = { kind: 'sign-in-refused', details: describeClient(browserClient) } as const
      await recordEvent(parts, db, accountId, event)
      return { kind: 'locked' }
    }
    const use = { issuer, subject, emailAddress, at: parts.clock.now() }
    if (!(await noteIdentityUsed(db, account, use))) return { kind: 'unknown' }
    return { ...(await enterAccount(parts, db, account, browserClient)), returnTo }
  })
  if (entered.kind === 'signed-in') parts.logger.info('accounts.signed-in', { accountId })
  return entered
}

/** Remembers who arrived, until they have given a password or chosen a username. */
async function arrive(
  parts: AccountParts,
  identity: Identity,
  returnTo: string,
  invitation: string | undefined,
): Promise<FinishedSignOn> {
  const { clock, database, randomBytes } = parts
  const key = emailKeyOf(identity.emailAddress)
  const [namesake] = await listAccountsByEmailKey(database.db, key, 1)
  if (namesake === undefined) {
    const { emailAddress: verifiedAddress } = identity
    const admittance = await admitToSignUp(parts, { invitation, verifiedAddress })
    if (admittance.kind === 'not-admitted') return admittance
  }
  const arrival = createBrowserSecret(randomBytes)
  const createdAt = clock.now()
  await addArrival(database.db, {
    ...identity,
    secretHash: sha256Base64Url(arrival.reveal()),
    returnTo,
    createdAt,
    expiresAt: createdAt + signOnLastsMs,
  })
  return { kind: namesake === undefined ? 'name-needed' : 'link-needed', arrival, returnTo }
}
