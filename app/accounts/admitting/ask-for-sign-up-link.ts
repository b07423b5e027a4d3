// Mails a link to sign up with, where only addresses of certain domains may. The account is made by the person who opens
// the link and chooses its password there, so typing the address of another person gives nothing.

import { sha256Base64Url } from '../../support/hash.ts'
import type { AccountParts } from '../account-parts.ts'
import type { Client } from '../client.ts'
import type { FieldProblem } from '../field-problem.ts'
import { signUpLetter } from '../mailed/letters.ts'
import { emailKeyOf } from '../mailed/mailed-links.ts'
import { readEmailAddress } from '../signing-in/email-address.ts'
import { admitToSignUp, type NotAdmitted, type WayIn } from './admit-sign-up.ts'
import { createSignUpLink, signUpLinkMs } from './sign-up-links.ts'

export type SignUpLinkAsked =
  | { readonly kind: 'mailed' }
  | { readonly kind: 'refused'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'too-many'; readonly retryAt: number }
  | NotAdmitted

export async function askForSignUpLink(
  parts: AccountParts,
  given: { readonly emailAddress: string } & Pick<WayIn, 'invitation'>,
  client: Client,
): Promise<SignUpLinkAsked> {
  const admission = await parts.limits.admitSignUpMail(client.address)
  if (admission.kind === 'too-many') return admission
  const reading = readEmailAddress(given.emailAddress)
  if (reading.kind !== 'email-address') {
    return refused(reading.kind === 'refused' ? reading.message : 'Enter your email address.')
  }
  const { emailAddress } = reading
  const { invitation } = given
  const admittance = await admitToSignUp(parts, { invitation, verifiedAddress: emailAddress })
  if (admittance.kind === 'not-admitted') {
    return admittance.why === 'other-domain'
      ? refused(`Use an address at ${parts.signUpRule.domains.join(' or ')}.`)
      : admittance
  }
  if (!parts.mail.isOn) return refused("This Taskr can't send mail, so it can't mail you a link.")
  // Over the limit nothing more is mailed to the address, and the answer stays the same.
  const mailing = await parts.limits.admitSignUpLink(emailKeyOf(emailAddress))
  if (mailing.kind === 'admitted') await mailLink(parts, emailAddress, invitation)
  return { kind: 'mailed' }
}

async function mailLink(
  parts: AccountParts,
  emailAddress: string,
  invitation: string | undefined,
): Promise<void> {
  await parts.database.transaction(async (db) => {
    const secret = await createSignUpLink(parts, db, {
      madeBy: 'person',
      emailAddress,
      invitationHash: invitation && sha256Base64Url(invitation),
    })
    await parts.mail.queue(db, undefined, {
      kind: 'sign-up',
      letter: signUpLetter(emailAddress, parts.linkAddresses.signUp(secret), signUpLinkMs.person),
      usefulForMs: signUpLinkMs.person,
    })
  })
}

function refused(message: string): SignUpLinkAsked {
  return { kind: 'refused', problems: [{ field: 'emailAddress', message }] }
}
