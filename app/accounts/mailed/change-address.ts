// Changes an account's email address. The new one counts once its owner has opened the link that is mailed to it.
import type { Db } from '../../database/tables.ts'
import type { AccountId } from '../../support/ids.ts'
import type { AccountParts } from '../account-parts.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { Client } from '../client.ts'
import type { FieldProblem } from '../field-problem.ts'
import { findAccount, setEmailAddress, type HeldAccount } from '../own-account/account-store.ts'
import {
  verifyOwnPassword,
  type OwnPassword,
  type PasswordAndCode,
} from '../passwords/verify-own-password.ts'
import type { Session } from '../sessions/session.ts'
import { readEmailAddress } from '../signing-in/email-address.ts'
import { verificationLetter } from './letters.ts'
import { listMailedLinks, removeMailedLinks } from './mailed-link-store.ts'
import { createLink, emailKeyOf, linkLifetimeMs } from './mailed-links.ts'
import { mailNotice } from './notices.ts'

export type OwnAddress = {
  readonly emailAddress: string | undefined
  readonly isVerified: boolean
  /** The address whose link was mailed and not opened yet. */
  readonly waitingFor: string | undefined
}

export type AddressChange = PasswordAndCode & { readonly emailAddress: string }

export type AddressChanged =
  | { readonly kind: 'link-mailed'; readonly emailAddress: string }
  | { readonly kind: 'removed' | 'unchanged' }
  | { readonly kind: 'refused'; readonly problems: readonly FieldProblem[] }
  | Exclude<OwnPassword, { readonly kind: 'right' }>

export async function findOwnAddress(
  { clock, database }: AccountParts,
  accountId: AccountId,
): Promise<OwnAddress> {
  const account = await findAccount(database.db, accountId)
  const links = await listMailedLinks(database.db, accountId, clock.now())
  return {
    emailAddress: account?.emailAddress,
    isVerified: account?.emailVerifiedAt !== undefined,
    waitingFor: links.findLast(({ purpose }) => purpose === 'verify-address')?.emailAddress,
  }
}

export async function changeAddress(
  parts: AccountParts,
  session: Session,
  change: AddressChange,
  client: Client,
): Promise<AddressChanged> {
  const reading = readEmailAddress(change.emailAddress)
  if (reading.kind === 'refused') return refused(reading.message)
  const own = await verifyOwnPassword(parts, session, change, client)
  if (own.kind !== 'right') return own
  if (reading.kind === 'none') {
    return await own.act((db, account) => removeAddress(parts, db, account))
  }
  const { emailAddress } = reading
  const present = await findAccount(parts.database.db, session.accountId)
  const isPresent = present?.emailVerifiedAt !== undefined && present.emailAddress === emailAddress
  if (parts.mail.isOn && !isPresent) {
    const emailKey = emailKeyOf(emailAddress)
    const admission = await parts.limits.admitVerification(session.accountId, emailKey)
    if (admission.kind === 'too-many') return admission
  }
  return await own.act(async (db, account): Promise<AddressChanged> => {
    if (isPresent) return { kind: 'unchanged' }
    if (!parts.mail.isOn) {
      return refused("This Taskr can't send mail, so it can't confirm an address.")
    }
    await mailVerification(parts, db, account, emailAddress)
    return { kind: 'link-mailed', emailAddress }
  })
}

/** Mails a link that sets the address. Earlier links no longer work. */
export async function mailVerification(
  parts: AccountParts,
  db: Db,
  account: HeldAccount,
  emailAddress: string,
): Promise<void> {
  const { accountId, username } = account
  await removeMailedLinks(db, account, 'verify-address')
  const secret = await createLink(parts, db, account, { purpose: 'verify-address', emailAddress })
  await parts.mail.queue(db, accountId, {
    kind: 'verification',
    letter: verificationLetter(
      { to: emailAddress, username },
      parts.linkAddresses.verification(secret),
    ),
    usefulForMs: linkLifetimeMs['verify-address'],
  })
  await recordEvent(parts, db, accountId, { kind: 'address-asked', details: { emailAddress } })
}

async function removeAddress(
  parts: AccountParts,
  db: Db,
  account: HeldAccount,
): Promise<AddressChanged> {
  const { accountId, emailAddress } = account
  await removeMailedLinks(db, account, 'verify-address')
  await removeMailedLinks(db, account, 'reset-password')
  if (emailAddress === undefined) return { kind: 'unchanged' }
  await setEmailAddress(db, account, undefined)
  await recordEvent(parts, db, accountId, { kind: 'address-removed', details: { emailAddress } })
  await mailNotice(parts, db, account, {
    subject: 'Your address was removed from Taskr',
    paragraphs: ['Your account has no email address any more. Its password cannot be reset.'],
  })
  return { kind: 'removed' }
}

function refused(message: string): AddressChanged {
  return { kind: 'refused', problems: [{ field: 'emailAddress', message }] }
}
