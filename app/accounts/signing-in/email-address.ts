// Validates the optional email address. Only a message can prove that it exists; this refuses malformed addresses.

import { isMailAddress } from '../../support/mail-address.ts'

export type EmailAddressReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'email-address'; readonly emailAddress: string }
  | { readonly kind: 'refused'; readonly message: string }

export function readEmailAddress(given: string): EmailAddressReading {
  const emailAddress = given.trim()
  if (emailAddress === '') return { kind: 'none' }
  if (!isMailAddress(emailAddress)) {
    return { kind: 'refused', message: 'Enter a valid email address.' }
  }
  return { kind: 'email-address', emailAddress }
}
