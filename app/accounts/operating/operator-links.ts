// The links that operators make: to sign up, and to choose a new password. A reset link opens an account, so an operator
// can only have it mailed to the account's own address; the command on the server, which has the database anyway, is
// given it.

import type { AccountId } from '../../support/ids.ts'
import type { Secret } from '../../support/secret.ts'
import type { OperatingParts } from './operating-parts.ts'
import { createSignUpLink, signUpLinkMs } from '../admitting/sign-up-links.ts'
import type { FieldProblem } from '../field-problem.ts'
import { resetLetter, signUpLetter } from '../mailed/letters.ts'
import { createLink, linkLifetimeMs } from '../mailed/mailed-links.ts'
import { holdAccount } from '../own-account/account-store.ts'
import { readEmailAddress } from '../signing-in/email-address.ts'
import { noteAction, type Actor } from './note-action.ts'

export type SignUpLinkMade =
  /** The whole address of the link. It is shown once. */
  | { readonly kind: 'made'; readonly address: string }
  | { readonly kind: 'mailed'; readonly emailAddress: string }
  | { readonly kind: 'refused'; readonly problems: readonly FieldProblem[] }

/** Makes a link that lets one person sign up, and mails it when an address is given. */
export async function makeSignUpLink(
  parts: OperatingParts,
  by: Actor,
  given: string,
): Promise<SignUpLinkMade> {
  const reading = readEmailAddress(given)
  if (reading.kind === 'refused') return refused(reading.message)
  const emailAddress = reading.kind === 'none' ? undefined : reading.emailAddress
  if (emailAddress !== undefined && !parts.mail.isOn) {
    return refused("This Taskr can't send mail. Leave the address empty to get a link.")
  }
  return await parts.database.transaction(async (db) => {
    const wanted = { madeBy: 'operator', emailAddress, invitationHash: undefined } as const
    const address = parts.linkAddresses.signUp(await createSignUpLink(parts, db, wanted))
    const kind = emailAddress === undefined ? 'sign-up-link-made' : 'sign-up-link-mailed'
    await noteAction(parts, db, by, { kind })
    if (emailAddress === undefined) return { kind: 'made', address }
    await parts.mail.queue(db, undefined, {
      kind: 'sign-up',
      letter: signUpLetter(emailAddress, address, signUpLinkMs.operator),
      usefulForMs: signUpLinkMs.operator,
    })
    return { kind: 'mailed', emailAddress }
  })
}

export type ResetLinkMailed = { readonly kind: 'mailed' | 'no-address' | 'mail-off' | 'no-account' }

export async function mailResetLink(
  parts: OperatingParts,
  by: Actor,
  accountId: AccountId,
): Promise<ResetLinkMailed> {
  if (!parts.mail.isOn) return { kind: 'mail-off' }
  return await parts.database.transaction(async (db): Promise<ResetLinkMailed> => {
    const account = await holdAccount(db, accountId)
    if (account === undefined) return { kind: 'no-account' }
    const { emailAddress, emailVerifiedAt, username } = account
    if (emailAddress === undefined || emailVerifiedAt === undefined) return { kind: 'no-address' }
    const secret = await createLink(parts, db, account, {
      purpose: 'reset-password',
      emailAddress,
    })
    await parts.mail.queue(db, accountId, {
      kind: 'password-reset',
      letter: resetLetter({ to: emailAddress, username }, parts.linkAddresses.reset(secret)),
      usefulForMs: linkLifetimeMs['reset-password'],
    })
    const own = 'password-reset-asked'
    await noteAction(parts, db, by, { kind: 'reset-link-mailed', accountId, own })
    return { kind: 'mailed' }
  })
}

/** Makes a reset link for the command on the server; undefined when there is no such account. */
export async function makeResetLink(
  parts: OperatingParts,
  accountId: AccountId,
): Promise<Secret | undefined> {
  return await parts.database.transaction(async (db) => {
    const account = await holdAccount(db, accountId)
    if (account === undefined) return undefined
    const { emailAddress = '' } = account
    const link = { purpose: 'reset-password', emailAddress } as const
    const secret = await createLink(parts, db, account, link)
    const own = 'reset-link-made'
    await noteAction(parts, db, 'command', { kind: 'reset-link-made', accountId, own })
    return secret
  })
}

function refused(message: string): SignUpLinkMade {
  return { kind: 'refused', problems: [{ field: 'emailAddress', message }] }
}
