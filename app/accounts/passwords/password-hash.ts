// A stored password as a PHC string: $argon2id$v=19$m=19456,t=2,p=1$salt$hash. It names its
// parameters, so that a hash with outdated ones can still be verified, and is then replaced.

import type { Argon2Parameters } from './argon2id.ts'

export type PasswordHash = {
  readonly parameters: Argon2Parameters
  readonly salt: Uint8Array
  readonly tag: Uint8Array
}

export function formatPasswordHash({ parameters, salt, tag }: PasswordHash): string {
  const { memoryKib, passes, parallelism } = parameters
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${parallelism}$${encode(salt)}$${encode(tag)}`
}

const phc =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/

/** Returns undefined for anything else, so that a damaged row matches no password. */
export function parsePasswordHash(text: string): PasswordHash | undefined {
  const [, memoryKib, passes, parallelism, salt, tag] = phc.exec(text) ?? []
  if (salt === undefined || tag === undefined) return undefined
  return {
    parameters: {
      memoryKib: Number(memoryKib),
      passes: Number(passes),
      parallelism: Number(parallelism),
    },
    salt: decode(salt),
    tag: decode(tag),
  }
}

// The PHC format uses base64 without padding.
function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '')
}

function decode(text: string): Uint8Array {
  return Buffer.from(text, 'base64')
}
