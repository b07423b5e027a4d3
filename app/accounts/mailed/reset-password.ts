// Resets a forgotten password; a second factor stays in force. Asking looks nothing up, so neither the answer nor its time says whether an address is
// known: a worker looks it up later (answer-reset-requests.ts).
import { asResetRequestId, type AccountId } from '../../support/ids.ts'
import type { AccountParts } from '../account-parts.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import type { Client } from '../client.ts'
import type { FieldProblem } from '../field-problem.ts'
import { setPasswordHash } from '../own-account/account-store.ts'
import { findPasswordProblem } from '../passwords/password-rules.ts'
import { removeSessions } from '../sessions/session-store.ts'
import { readEmailAddress } from '../signing-in/email-address.ts'
import { removeUnfinishedSignIns } from '../signing-in/unfinished-sign-in-store.ts'
import { usernameKey } from '../signing-in/username.ts'
import { removeMailedLinks } from './mailed-link-store.ts'
import { emailKeyOf, findLink, useLink } from './mailed-links.ts'
import { addResetRequest } from './reset-request-store.ts'

export type ResetAsked =
  | { readonly kind: 'noted' }
  | { readonly kind: 'refused'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'too-many'; readonly retryAt: number }

export type ResetGiven = { readonly secret: string; readonly newPassword: string }

export type PasswordReset =
  | { readonly kind: 'reset'; readonly accountId: AccountId }
  | { readonly kind: 'expired' }
  | { readonly kind: 'refused'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'too-many'; readonly retryAt: number }
  | { readonly kind: 'busy' }

export async function askForReset(
  parts: AccountParts,
  given: string,
  client: Client,
): Promise<ResetAsked> {
  const admission = await parts.limits.admitReset(client.address)
  if (admission.kind === 'too-many') return admission
  const reading = readEmailAddress(given)
  if (reading.kind !== 'email-address') {
    const message = reading.kind === 'refused' ? reading.message : 'Enter your email address.'
    return { kind: 'refused', problems: [{ field: 'emailAddress', message }] }
  }
  const emailKey = emailKeyOf(reading.emailAddress)
  // Over the limit the answer stays the same, since known addresses are no different.
  if ((await parts.limits.admitResetMail(emailKey)).kind === 'admitted') {
    await addResetRequest(parts.database.db, {
      resetRequestId: asResetRequestId(parts.ids()),
      emailKey,
      createdAt: parts.clock.now(),
    })
  }
  return { kind: 'noted' }
}

export async function resetPassword(
  parts: AccountParts,
  { newPassword, secret }: ResetGiven,
  client: Client,
): Promise<PasswordReset> {
  const admission = await parts.limits.admitLink(client.address)
  if (admission.kind === 'too-many') return admission
  const found = await findLink(parts, 'reset-password', secret)
  if (found === undefined) return { kind: 'expired' }
  const problem = findPasswordProblem(newPassword, found.username)
  if (problem !== undefined) {
    return { kind: 'refused', problems: [{ field: 'newPassword', message: problem }] }
  }
  const hashing = await parts.passwords.hash(newPassword)
  if (hashing.kind === 'busy') return hashing
  const isReset = await replacePassword(parts, secret, hashing.hash, client)
  if (!isReset) return { kind: 'expired' }
  const { accountId, username } = found
  await parts.limits.forgive({ usernameKey: usernameKey(username), address: client.address })
  parts.logger.info('accounts.password-reset', { accountId })
  return { kind: 'reset', accountId }
}

/** Returns false when the link was used meanwhile. */
async function replacePassword(
  parts: AccountParts,
  secret: string,
  hash: string,
  client: Client,
): Promise<boolean> {
  return await parts.database.transaction(async (db) => {
    const used = await useLink(parts, db, 'reset-password', secret)
    if (used === undefined) return false
    const { account } = used
    await setPasswordHash(db, account, hash)
    await removeMailedLinks(db, account, 'reset-password')
    await removeSessions(db, account)
    await removeUnfinishedSignIns(db, account)
    const event = { kind: 'password-reset', details: describeClient(client) } as const
    await recordEvent(parts, db, account.accountId, event)
    return true
  })
}
