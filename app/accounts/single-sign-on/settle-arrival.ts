// Settles who a person of the provider is in Taskr: the account with their verified address, once they have logged in to
// it with its password, or a new one.

import { sha256Base64Url } from '../../support/hash.ts'
import { asAccountId } from '../../support/ids.ts'
import type { AccountParts } from '../account-parts.ts'
import { admitToSignUp } from '../admitting/admit-sign-up.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { Client } from '../client.ts'
import { emailKeyOf } from '../mailed/mailed-links.ts'
import { listAccountsByEmailKey } from '../own-account/account-store.ts'
import { defaultTimeZone, readTimeZone } from '../own-account/time-zone.ts'
import { noPassword } from '../passwords/no-password.ts'
import { holdForSession } from '../sessions/hold-for-session.ts'
import type { Session } from '../sessions/session.ts'
import { addAndEnter, type SignUp } from '../signing-in/sign-up.ts'
import { readUsername } from '../signing-in/username.ts'
import { consumeArrival, findArrivalByHash, type SignOnArrival } from './arrival-store.ts'
import { linkIdentity, unlinkIdentities } from './identity-store.ts'

const secretShape = /^[A-Za-z0-9_-]{43}$/

export async function findArrival(
  { clock, database }: AccountParts,
  secret: string,
): Promise<SignOnArrival | undefined> {
  if (!secretShape.test(secret)) return undefined
  return await findArrivalByHash(database.db, sha256Base64Url(secret), clock.now())
}

export type IdentityLinked = {
  readonly kind:
    | 'linked'
    /** The arrival is unknown, settled, or too old. */
    | 'expired'
    /** The session is older than the arrival: the password was not given since. */
    | 'confirmation-needed'
    /** The account's verified address is another one. */
    | 'other-address'
    /** The account, or the person of the provider, is linked already. */
    | 'linked-already'
}

/** Links the account of a session in which the person has proved, after they arrived, that it is theirs. */
export async function linkArrival(
  parts: AccountParts,
  session: Session,
  secret: string,
): Promise<IdentityLinked> {
  const arrival = await findArrival(parts, secret)
  if (arrival === undefined) return { kind: 'expired' }
  if (session.confirmedAt < arrival.createdAt) return { kind: 'confirmation-needed' }
  const { accountId } = session
  const linked = await parts.database.transaction(async (db): Promise<IdentityLinked> => {
    const account = await holdForSession(db, session)
    if (account === undefined) return { kind: 'confirmation-needed' }
    const own = account.emailVerifiedAt === undefined ? undefined : account.emailAddress
    if (own === undefined || emailKeyOf(own) !== emailKeyOf(arrival.emailAddress)) {
      return { kind: 'other-address' }
    }
    if (!(await consumeArrival(db, arrival.secretHash))) return { kind: 'expired' }
    const { emailAddress, issuer, subject } = arrival
    const identity = { emailAddress, issuer, subject, linkedAt: parts.clock.now() }
    if (!(await linkIdentity(db, account, identity))) return { kind: 'linked-already' }
    await recordEvent(parts, db, accountId, { kind: 'sign-on-linked', details: { emailAddress } })
    return { kind: 'linked' }
  })
  if (linked.kind === 'linked') parts.logger.info('accounts.sign-on-linked', { accountId })
  return linked
}

export type SignUpByProvider = {
  readonly username: string
  readonly timeZone: string
  /** The secret of an invitation to a seat, which the caller has found open. */
  readonly invitation: string | undefined
}

/** Makes an account without a password for a person of the provider, whose address has none yet. */
export async function signUpArrival(
  parts: AccountParts,
  secret: string,
  given: SignUpByProvider,
  client: Client,
): Promise<SignUp | { readonly kind: 'expired' }> {
  const form = await parts.limits.admitSignUpForm(client.address)
  if (form.kind === 'too-many') return form
  const arrival = await findArrival(parts, secret)
  if (arrival === undefined) return { kind: 'expired' }
  const { emailAddress, issuer, secretHash, subject } = arrival
  const namesakes = await listAccountsByEmailKey(parts.database.db, emailKeyOf(emailAddress), 1)
  if (namesakes.length > 0) return { kind: 'expired' }
  const name = readUsername(given.username)
  if (name.kind === 'refused') {
    return { kind: 'refused', problems: [{ field: 'username', message: name.message }] }
  }
  const { invitation } = given
  const admitted = await admitToSignUp(parts, { invitation, verifiedAddress: emailAddress })
  if (admitted.kind === 'not-admitted') return admitted
  const admission = await parts.limits.admitSignUp(client.address)
  if (admission.kind === 'too-many') return admission
  const createdAt = parts.clock.now()
  const account = {
    accountId: asAccountId(parts.ids()),
    username: name.username,
    usernameKey: name.key,
    emailAddress,
    passwordHash: noPassword,
    timeZone: readTimeZone(given.timeZone) ?? defaultTimeZone,
    invitationHash: admitted.invitationHash,
    createdAt,
  }
  return await addAndEnter(parts, account, admitted, client, async (db, added) => {
    if (!(await consumeArrival(db, secretHash))) return false
    const identity = { emailAddress, issuer, subject, linkedAt: createdAt }
    return await linkIdentity(db, added, identity)
  })
}

/** Unlinks the account from the provider. Returns false when it is not linked, or could not be entered any more. */
export async function unlinkAccount(parts: AccountParts, session: Session): Promise<boolean> {
  const { accountId } = session
  return await parts.database.transaction(async (db) => {
    const account = await holdForSession(db, session)
    if (account === undefined || account.passwordHash === noPassword) return false
    const isUnlinked = await unlinkIdentities(db, account)
    if (isUnlinked) await recordEvent(parts, db, accountId, { kind: 'sign-on-unlinked' })
    return isUnlinked
  })
}
