// Recovery codes: ten codes of 120 random bits, each for one log-in without the authenticator app. So many bits need no
// slow hash (ASVS 6.5.2).
import { sha256Base64Url } from '../../support/hash.ts'
import type { RandomBytes } from '../../support/random.ts'
import { Secret } from '../../support/secret.ts'

const howMany = 10
const codeBytes = 15
/** Crockford's base 32: no letter that looks like a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const codeShape = /^[0-9a-hjkmnp-tv-z]{24}$/

export function createRecoveryCodes(randomBytes: RandomBytes): readonly Secret[] {
  return Array.from({ length: howMany }, () => new Secret(inGroups(encode(randomBytes(codeBytes)))))
}

/** Returns the hash of a code as typed, with any spaces, hyphens and capitals; undefined when it cannot be a code. */
export function hashRecoveryCode(typed: string): string | undefined {
  if (typed.length > 100) return undefined
  const plain = typed
    .toLowerCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll(/[il]/g, '1')
    .replaceAll('o', '0')
  return codeShape.test(plain) ? sha256Base64Url(plain) : undefined
}

function encode(bytes: Uint8Array): string {
  let bits = 0n
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte)
  return Array.from(
    { length: (bytes.length * 8) / 5 },
    (_, at) => alphabet[Number((bits >> BigInt(5 * at)) & 31n)],
  ).join('')
}

/** Six characters at a time can be read and typed without losing one's place. */
function inGroups(code: string): string {
  return (code.match(/.{6}/g) ?? []).join('-')
}
