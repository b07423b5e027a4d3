// Seals secrets for storage and opens them again. Envelope encryption: a fresh 256-bit data key for each value, itself
// encrypted by a key of the ring; AES-256-GCM twice (NIST SP 800-38D). The place where a value belongs is
// authenticated with it, so a sealed value moved to another row, column or account does not open.
//
//   v1.<key id>.<data key: iv ‖ ciphertext ‖ tag>.<value: iv ‖ ciphertext ‖ tag>      (base64url)
import { createCipheriv, createDecipheriv, type KeyLike } from 'node:crypto'
import type { RandomBytes } from '../../support/random.ts'
import { Secret } from '../../support/secret.ts'
import type { KeyRing, SealingKey } from './key-ring.ts'

/** Where a sealed value belongs. */
export interface SealedPlace {
  readonly field:
    | 'attio.access_token'
    | 'attio.code_verifier'
    | 'attio.code'
    | 'attio.webhook_secret'
    | 'mail.letter'
    | 'second_factor.secret'
    | 'key_check'
  readonly accountId: string
  /** The id of the connection, or of another row of the account, that holds the value. */
  readonly rowId: string
}

export type Sealer = Readonly<{
  seal: (place: SealedPlace, secret: Secret) => string
  /** Throws a SealError: `unknown-key` or `altered`. */
  open: (place: SealedPlace, sealed: string) => Secret
}>

/** `altered`: changed, moved or never sealed. `unknown-key`: the ring lacks the key that the value names. */
export type SealErrorCode = 'unknown-key' | 'altered'

export class SealError extends Error {
  override readonly name = 'SealError'
  readonly code: SealErrorCode

  constructor(code: SealErrorCode, options?: ErrorOptions) {
    super(
      code === 'unknown-key'
        ? 'No key of the ring opens this value'
        : 'This value was altered or moved',
      options,
    )
    this.code = code
  }
}

const version = 'v1'
const ivBytes = 12
const tagBytes = 16
const dataKeyBytes = 32

export function createSealer(ring: KeyRing, randomBytes: RandomBytes): Sealer {
  return {
    seal(place, secret) {
      const dataKey = Buffer.from(randomBytes(dataKeyBytes))
      const value = Buffer.from(secret.reveal(), 'utf8')
      const about = additionalData(place, ring.current.id)
      const wrapped = encrypt(ring.current.key, randomBytes(ivBytes), about, dataKey)
      const sealed = encrypt(dataKey, randomBytes(ivBytes), about, value)
      dataKey.fill(0)
      value.fill(0)
      return [version, ring.current.id, wrapped, sealed].join('.')
    },

    open(place, sealed) {
      const { key, wrapped, value } = readSealed(ring, sealed)
      const about = additionalData(place, key.id)
      const dataKey = decrypt(key.key, about, wrapped)
      const opened = decrypt(dataKey, about, value)
      const secret = new Secret(opened.toString('utf8'))
      dataKey.fill(0)
      opened.fill(0)
      return secret
    },
  }
}

/** Returns the id of the key that sealed a value, without opening it. */
export function sealedWith(sealed: string): string | undefined {
  return /^v1\.([a-z0-9-]+)\./.exec(sealed)?.[1]
}

function readSealed(
  ring: KeyRing,
  sealed: string,
): { key: SealingKey; wrapped: Buffer; value: Buffer } {
  const [, keyId = '', wrapped = '', value = ''] =
    /^v1\.([a-z0-9-]+)\.([\w-]+)\.([\w-]+)$/.exec(sealed) ?? []
  if (keyId === '') throw new SealError('altered')
  const key = ring.find(keyId)
  if (key === undefined) throw new SealError('unknown-key')
  return { key, wrapped: decode(wrapped), value: decode(value) }
}

/** Encodes a place with length prefixes, so that no two places share one encoding. */
function additionalData(place: SealedPlace, keyId: string): Buffer {
  const parts = ['taskr', place.field, version, place.accountId, place.rowId, keyId]
  return Buffer.from(parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join(','), 'utf8')
}

function encrypt(key: KeyLike, iv: Uint8Array, about: Buffer, plain: Buffer): string {
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
  cipher.setAAD(about)
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString(
    'base64url',
  )
}

function decrypt(key: KeyLike, about: Buffer, sealed: Buffer): Buffer {
  if (sealed.length < ivBytes + tagBytes) throw new SealError('altered')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(about)
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()])
  } catch (cause) {
    throw new SealError('altered', { cause })
  }
}

/** Base64url has spare bits at its end: only the canonical spelling counts as unaltered. */
function decode(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw new SealError('altered')
  return bytes
}
