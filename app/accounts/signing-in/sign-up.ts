// Signs up. It checks the limits, the fields and the name before it hashes anything.

import { asAccountId, type AccountId } from '../../support/ids.ts'
import type { AccountParts } from '../account-parts.ts'
import { addAccount, findAccountByUsername, type Account } from '../own-account/account-store.ts'
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

export type SignUpGiven = {
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
  | { readonly kind: 'too-many'; readonly retryAt: number }
  | { readonly kind: 'busy' }

export async function signUp(
  parts: AccountParts,
  given: SignUpGiven,
  client: Client,
): Promise<SignUp> {
  const form = await parts.limits.admitSignUpForm(client.address)
  if (form.kind === 'too-many') return form
  const read = readGiven(given)
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
    createdAt: parts.clock.now(),
  }
  return await addAndEnter(parts, account, client)
}

type NewAccount = Omit<Account, 'emailVerifiedAt'>

type Read =
  | Extract<SignUp, { kind: 'refused' }>
  | ({ readonly kind: 'read' } & Omit<NewAccount, 'accountId' | 'passwordHash' | 'createdAt'>)

function readGiven(given: SignUpGiven): Read {
  const name = readUsername(given.username)
  const email = readEmailAddress(given.emailAddress ?? '')
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

async function addAndEnter(
  parts: AccountParts,
  account: NewAccount,
  client: Client,
): Promise<SignUp> {
  const { accountId, emailAddress } = account
  const mailsLink = emailAddress !== undefined && (await admitsMail(parts, accountId, emailAddress))
  const outcome = await parts.database.transaction(async (db) => {
    // Another request may have taken the name during the hash.
    if (!(await addAccount(db, account))) return undefined
    const event = { kind: 'signed-up', details: describeClient(client) } as const
    await recordEvent(parts, db, accountId, event)
    if (mailsLink) await mailVerification(parts, db, account, emailAddress)
    return await startSession(parts, db, account, client.userAgent)
  })
  if (outcome === undefined) return { kind: 'username-taken' }
  parts.logger.info('accounts.signed-up', { accountId })
  return outcome
}

async function admitsMail(
  { limits, mail }: AccountParts,
  accountId: AccountId,
  emailAddress: string,
): Promise<boolean> {
  if (!mail.isOn) return false
  return (await limits.admitVerification(accountId, emailKeyOf(emailAddress))).kind === 'admitted'
}
