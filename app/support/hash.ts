// One-way fingerprints for values that are random already: cookies, states, keys of counters. Not for passwords.

import { hash } from 'node:crypto'

export function sha256Base64Url(text: string): string {
  return hash('sha256', text, 'base64url')
}
