// Validates the optional email address. Only a message can prove that it exists; this refuses malformed addresses.

export type EmailAddressReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'email-address'; readonly emailAddress: string }
  | { readonly kind: 'refused'; readonly message: string }

// RFC 5321 §4.5.3.1 allows 64 bytes before the @ and 254 in total.
const shape = /^[^\s@\p{C}]{1,64}@[^\s@\p{C}.]+(\.[^\s@\p{C}.]+)+$/u
const longest = 254

export function readEmailAddress(given: string): EmailAddressReading {
  const emailAddress = given.trim()
  if (emailAddress === '') return { kind: 'none' }
  if (Buffer.byteLength(emailAddress) > longest || !shape.test(emailAddress)) {
    return { kind: 'refused', message: 'Enter a valid email address.' }
  }
  return { kind: 'email-address', emailAddress }
}
