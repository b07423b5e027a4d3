// The shape of an email address. Only a message can prove that it exists.

// RFC 5321 §4.1.2 without quoted names, which mail programs read as several addresses, in any alphabet (RFC 6531).
const shape =
  /^[^\s@\p{C}"(),:;<>[\\\]]{1,64}@[^\s@\p{C}."(),:;<>[\\\]]+(\.[^\s@\p{C}."(),:;<>[\\\]]+)+$/u
// RFC 5321 §4.5.3.1 allows 64 bytes before the @ and 254 in total.
const longest = 254

export function isMailAddress(text: string): boolean {
  return text.length <= longest && Buffer.byteLength(text) <= longest && shape.test(text)
}
