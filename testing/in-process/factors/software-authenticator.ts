// An authenticator in software: makes passkeys and signs challenges as WebAuthn §6 says, or wrongly when told to.
import { generateKeyPairSync, hash, randomBytes, sign, type KeyObject } from 'node:crypto'
import { z } from 'zod'

export interface Authenticator {
  /** Returns a browser's response to options for a new passkey, as JSON. */
  readonly create: (options: unknown, lies?: Lies) => string
  /** Returns a browser's response to options for a signature, as JSON. */
  readonly sign: (options: unknown, lies?: Lies) => string
}

/** What an attacker may change. */
export interface Lies {
  readonly origin?: string
  readonly host?: string
  readonly type?: string
  readonly challenge?: string
  readonly isVerified?: boolean
  readonly isPresent?: boolean
  readonly counter?: number
  readonly userHandle?: string
  readonly credentialId?: string
  readonly key?: KeyObject
}

const present = 0b1
const verified = 0b100
const mayBeSynced = 0b1000
const isSynced = 0b10000
const withCredential = 0b1000000

const creationSchema = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
})
const requestSchema = z.object({ challenge: z.string(), rpId: z.string() })

/** `counts`: like a security key, it counts its signatures; otherwise it is synced and does not. */
export function createAuthenticator(origin: string, { counts = false } = {}): Authenticator {
  const credentialId = randomBytes(32)
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  let userHandle = ''
  let counter = 0

  const authenticatorData = (host: string, lies: Lies, more: Buffer | undefined): Buffer => {
    if (counts) counter += 1
    const flags =
      (lies.isPresent === false ? 0 : present) |
      (lies.isVerified === false ? 0 : verified) |
      (counts ? 0 : mayBeSynced | isSynced) |
      (more === undefined ? 0 : withCredential)
    const bytes = Buffer.alloc(5)
    bytes.writeUInt8(flags, 0)
    bytes.writeUInt32BE(lies.counter ?? counter, 1)
    return Buffer.concat([hash('sha256', lies.host ?? host, 'buffer'), bytes, more ?? Buffer.of()])
  }
  const clientData = (type: string, challenge: string, lies: Lies): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? origin,
        crossOrigin: false,
      }),
    )
  const answer = (response: Readonly<Record<string, unknown>>, lies: Lies): string => {
    const id = lies.credentialId ?? credentialId.toString('base64url')
    const more = { authenticatorAttachment: 'platform', clientExtensionResults: {} }
    return JSON.stringify({ id, rawId: id, type: 'public-key', ...more, response })
  }

  return {
    create: (options, lies = {}) => {
      const { challenge, rp, user } = creationSchema.parse(options)
      userHandle = user.id
      const length = Buffer.alloc(2)
      length.writeUInt16BE(credentialId.length)
      const credential = Buffer.concat([
        Buffer.alloc(16),
        length,
        credentialId,
        coseKeyOf(publicKey),
      ])
      const data = authenticatorData(rp.id, lies, credential)
      return answer(
        {
          clientDataJSON: clientData('webauthn.create', challenge, lies).toString('base64url'),
          attestationObject: attestationObjectOf(data).toString('base64url'),
          transports: ['internal'],
        },
        lies,
      )
    },
    sign: (options, lies = {}) => {
      const { challenge, rpId } = requestSchema.parse(options)
      const data = authenticatorData(rpId, lies, undefined)
      const client = clientData('webauthn.get', challenge, lies)
      const signed = Buffer.concat([data, hash('sha256', client, 'buffer')])
      return answer(
        {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: sign('sha256', signed, lies.key ?? privateKey).toString('base64url'),
          userHandle: lies.userHandle ?? userHandle,
        },
        lies,
      )
    },
  }
}

/** Returns another key, for signatures that must not count. */
export function anotherKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
}

/** A P-256 key in COSE (RFC 9053 §7.1), as CBOR. */
function coseKeyOf(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ])
}

/** An attestation of the format "none", as CBOR. */
function attestationObjectOf(data: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(data.length)
  return Buffer.concat([
    Buffer.from('a363666d74646e6f6e656761747453746d74a0', 'hex'),
    Buffer.from('686175746844617461', 'hex'),
    Buffer.of(0x59),
    length,
    data,
  ])
}
