// Signs up. It checks the limits, who may sign up, the fields and the name before it hashes anything.

import type { Db } from '../../database/tables.ts'
import { asAccountId, type AccountId } from '../../support/ids.ts'
import type { AccountParts } from '../account-parts.ts'
import {
  addAccount,
  findAccountByUsername,
  makeFirstAccountOperator,
  setEmailAddress,
  type HeldAccount,
  type NewAccount,
} from '../own-account/account-store.ts'
import {
  admitToSignUp,
  type Admittance,
  type NotAdmitted,
  type WayIn,
} from '../admitting/admit-sign-up.ts'
import { consumeSignUpLink } from '../admitting/sign-up-link-store.ts'
import { mailVerification } from '../mailed/change-address.ts'
import { emailKeyOf } from '../mailed/mailed-links.ts'
import { readEmailAddress } from './email-address.ts'
import type { FieldProblem } from '../field-problem.ts'
import { findPasswordProblem } from '../passwords/password-rules.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import { startSession, type SignedIn } from '../sessions/start-session.ts'
import { defaultTimeZone, readTimeZone } from '../own-account/time-zone.ts'
import { readUsername } from './username.ts'
import type { Client } from '../client.ts'

export type SignUpGiven = Pick<WayIn, 'link' | 'invitation'> & {
  readonly username: string
  readonly password: string
  readonly emailAddress?: string
  /** The time zone that the browser reports; an unknown one becomes UTC. */
  readonly timeZone?: string
}

export type SignUp =
  | SignedIn
  | { readonly kind: 'refused'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'username-taken' }
  | NotAdmitted
  | { readonly kind: 'too-many'; readonly retryAt: number }
  | { readonly kind: 'busy' }

export async function signUp(
  parts: AccountParts,
  given: SignUpGiven,
  client: Client,
): Promise<SignUp> {
  const form = await parts.limits.admitSignUpForm(client.address)
  if (form.kind === 'too-many') return form
  const { invitation, link } = given
  const admittance = await admitToSignUp(parts, { invitation, link })
  if (admittance.kind === 'not-admitted') return admittance
  const read = readGiven(given, admittance)
  if (read.kind === 'refused') return read
  const admission = await parts.limits.admitSignUp(client.address)
  if (admission.kind === 'too-many') {
    parts.logger.warn('accounts.too-many-sign-ups', { address: client.address })
    return admission
  }
  const namesake = await findAccountByUsername(parts.database.db, read.usernameKey)
  if (namesake !== undefined) return { kind: 'username-taken' }
  const hashing = await parts.passwords.hash(given.password)
  if (hashing.kind === 'busy') return hashing
  const { kind: _, ...fields } = read
  const account: NewAccount = {
    ...fields,
    accountId: asAccountId(parts.ids()),
    passwordHash: hashing.hash,
    invitationHash: admittance.invitationHash,
    createdAt: parts.clock.now(),
  }
  return await addAndEnter(parts, account, admittance, client)
}

type Admitted = Extract<Admittance, { kind: 'admitted' }>

type Read =
  | Extract<SignUp, { kind: 'refused' }>
  | ({ readonly kind: 'read' } & Omit<
      NewAccount,
      'accountId' | 'passwordHash' | 'invitationHash' | 'createdAt'
    >)

function readGiven(given: SignUpGiven, { verifiedAddress }: Admitted): Read {
  const name = readUsername(given.username)
  const email = readEmailAddress(verifiedAddress ?? given.emailAddress ?? '')
  const passwordProblem = findPasswordProblem(given.password, given.username)
  const problems: FieldProblem[] = []
  if (name.kind === 'refused') problems.push({ field: 'username', message: name.message })
  if (passwordProblem !== undefined) {
    problems.push({ field: 'password', message: passwordProblem })
  }
  if (email.kind === 'refused') problems.push({ field: 'emailAddress', message: email.message })
  if (name.kind === 'refused' || problems.length > 0) return { kind: 'refused', problems }
  return {
    kind: 'read',
    username: name.username,
    usernameKey: name.key,
    emailAddress: email.kind === 'email-address' ? email.emailAddress : undefined,
    timeZone: readTimeZone(given.timeZone ?? '') ?? defaultTimeZone,
  }
}

/**
 * Adds the account and starts its first session. `alongside` belongs to the same transaction; when it returns false,
 * nothing of the sign-up stays.
 */
export async function addAndEnter(
  parts: AccountParts,
  account: NewAccount,
  admitted: Admitted,
  client: Client,
  alongside: (db: Db, added: HeldAccount) => Promise<boolean> = async () => true,
): Promise<SignUp> {
  const { accountId, emailAddress, usernameKey } = account
  const isVerified = admitted.verifiedAddress !== undefined
  const mailsLink =
    emailAddress !== undefined && !isVerified && (await admitsMail(parts, accountId, emailAddress))
  try {
    const signedIn = await parts.database.transaction(async (db) => {
      const added = await useUpWayIn(db, account, admitted)
      if (!(await alongside(db, added))) throw new WayInUsed('link')
      const isOperator = await makeFirstAccountOperator(db, accountId)
      const details = { ...describeClient(client), ...(isOperator && { role: 'operator' }) }
      await recordEvent(parts, db, accountId, { kind: 'signed-up', details })
      if (mailsLink) await mailVerification(parts, db, added, emailAddress)
      return await startSession(parts, db, { ...added, isOperator }, client.userAgent)
    })
    parts.logger.info('accounts.signed-up', { accountId })
    return signedIn
  } catch (error) {
    if (!(error instanceof WayInUsed)) throw error
    if (error.what === 'link') return { kind: 'not-admitted', why: 'link-expired' }
    const namesake = await findAccountByUsername(parts.database.db, usernameKey)
    return namesake === undefined
      ? { kind: 'not-admitted', why: 'invitation-used' }
      : { kind: 'username-taken' }
  }
}

/** Adds the account, with its address if that is verified, and uses up what let it in. Throws WayInUsed. */
async function useUpWayIn(
  db: Db,
  account: NewAccount,
  { link, verifiedAddress }: Admitted,
): Promise<HeldAccount> {
  const isUsed = link !== undefined && !(await consumeSignUpLink(db, link.signUpLinkId))
  if (isUsed) throw new WayInUsed('link')
  // Another request may have taken the name, or used the invitation, during the hash.
  const added = await addAccount(db, account)
  if (added === undefined) throw new WayInUsed('name or invitation')
  if (verifiedAddress === undefined) return added
  await setEmailAddress(db, added, {
    emailAddress: verifiedAddress,
    emailKey: emailKeyOf(verifiedAddress),
    verifiedAt: account.createdAt,
  })
  return added
}

/** Thrown inside the transaction, so that nothing of the sign-up stays. */
class WayInUsed extends Error {
  override readonly name = 'WayInUsed'
  readonly what: 'link' | 'name or invitation'

  constructor(what: WayInUsed['what']) {
    super(what)
    this.what = what
  }
}

async function admitsMail(
  { limits, mail }: AccountParts,
  accountId: AccountId,
  emailAddress: string,
): Promise<boolean> {
  if (!mail.isOn) return false
  return (await limits.admitVerification(accountId, emailKeyOf(emailAddress))).kind === 'admitted'
}
