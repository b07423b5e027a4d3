// Proof Key for Code Exchange (RFC 7636), S256 only. Attio does not document it. Here a code is bound to
// the challenge when one was sent; PKCE is never required.
import { createHash, timingSafeEqual } from 'node:crypto'

export function isVerifierShaped(verifier: string): boolean {
  return /^[A-Za-z0-9._~-]{43,128}$/.test(verifier)
}

export function isChallengeShaped(challenge: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(challenge)
}

export function answersChallenge(verifier: string, challenge: string): boolean {
  return isSame(createHash('sha256').update(verifier).digest('base64url'), challenge)
}

/** Compares two secrets in constant time. */
export function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
