// One-way fingerprints for values that are already random: cookies, states, keys of counters. Not for passwords.

import { hash, timingSafeEqual } from 'node:crypto'

export function sha256Base64Url(text: string): string {
  return hash('sha256', text, 'base64url')
}

export function sha256OfBytes(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'base64url')
}

/** Compares in constant time. */
export function areSameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
