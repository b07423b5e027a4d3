// Makes forged and altered deliveries from a valid one.
import { createHash, createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { sign, type WebhookAtAttio } from './webhook-deliveries.ts'

export interface Forgery {
  readonly name: string
  readonly url: string
  readonly body: Uint8Array<ArrayBuffer>
  readonly headers: Headers
}

interface Right {
  readonly webhook: WebhookAtAttio
  /** The webhook of another account at the same Taskr. */
  readonly other: WebhookAtAttio
  readonly body: string
}

/** Returns a forgery; successive numbers give different kinds. */
export function forge(right: Right, number: number): Forgery {
  const kind = kinds[number % kinds.length]
  if (kind === undefined) throw new RangeError(String(number))
  const [name, make] = kind
  const { webhook } = right
  const body = bytesOf(right.body)
  const { signature = sign(right.body, webhook.secret), ...made } = make({
    ...right,
    bytes: body,
    draw: (below) => drawn(number, below),
  })
  const headers = new Headers(made.headers)
  for (const one of typeof signature === 'string' ? [signature] : signature) {
    headers.append('attio-signature', one)
  }
  return { name, url: made.url ?? webhook.targetUrl, body: made.body ?? body, headers }
}

interface Making extends Right {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Returns a number derived from the number of the forgery. */
  readonly draw: (below: number) => number
}

interface Made {
  readonly body?: Uint8Array<ArrayBuffer>
  readonly signature?: string | readonly string[]
  readonly headers?: Readonly<Record<string, string>>
  readonly url?: string
}

const kinds: readonly (readonly [string, (making: Making) => Made])[] = [
  ['a bit of the body', ({ bytes, draw }) => ({ body: flipped(bytes, draw(bytes.length * 8)) })],
  [
    'a bit of the signature',
    ({ body, webhook, draw }) => ({
      signature: Buffer.from(
        flipped(new Uint8Array(Buffer.from(sign(body, webhook.secret), 'hex')), draw(256)),
      ).toString('hex'),
    }),
  ],
  [
    'a digit of the signature',
    (making) => ({ signature: withOtherDigit(rightOf(making), making.draw) }),
  ],
  ['upper case', (making) => ({ signature: rightOf(making).toUpperCase() })],
  [
    'one letter in upper case',
    (making) => ({ signature: rightOf(making).replace(/[a-f]/, (letter) => letter.toUpperCase()) }),
  ],
  ['base64', (making) => ({ signature: Buffer.from(rightOf(making), 'hex').toString('base64') })],
  [
    'base64url',
    (making) => ({ signature: Buffer.from(rightOf(making), 'hex').toString('base64url') }),
  ],
  ['a prefix', (making) => ({ signature: `sha256=${rightOf(making)}` })],
  ['shortened', (making) => ({ signature: rightOf(making).slice(0, making.draw(64)) })],
  ['lengthened', (making) => ({ signature: rightOf(making) + '0'.repeat(1 + making.draw(8)) })],
  ['none', () => ({ signature: [] })],
  ['empty', () => ({ signature: '' })],
  ['two headers', (making) => ({ signature: [rightOf(making), rightOf(making)] })],
  ['two headers, one right', (making) => ({ signature: ['0'.repeat(64), rightOf(making)] })],
  [
    'the right one under the other name only',
    (making) => ({ signature: [], headers: { 'x-attio-signature': rightOf(making) } }),
  ],
  ['the other webhook’s secret', ({ body, other }) => ({ signature: sign(body, other.secret) })],
  ['the other webhook’s address', ({ other }) => ({ url: other.targetUrl })],
  [
    'a key of no webhook',
    ({ webhook, draw }) => ({ url: webhook.targetUrl.slice(0, -1 - draw(42)) }),
  ],
  ['a longer key', ({ webhook }) => ({ url: `${webhook.targetUrl}A` })],
  ['SHA-1', ({ body, webhook }) => ({ signature: hmac('sha1', body, webhook.secret) })],
  [
    'SHA-512',
    ({ body, webhook }) => ({ signature: hmac('sha512', body, webhook.secret).slice(0, 64) }),
  ],
  [
    'a hash without the secret',
    ({ body }) => ({ signature: createHash('sha256').update(body).digest('hex') }),
  ],
  [
    'the secret as bytes',
    ({ body, webhook }) => ({
      signature: createHmac('sha256', Buffer.from(webhook.secret, 'hex'))
        .update(body)
        .digest('hex'),
    }),
  ],
  ['an empty secret', ({ body }) => ({ signature: hmac('sha256', body, '') })],
  [
    'the same JSON, printed otherwise',
    ({ body }) => ({ body: bytesOf(JSON.stringify(JSON.parse(body), null, 1)) }),
  ],
  ['UTF-16', ({ body }) => ({ body: new Uint8Array(Buffer.from(body, 'utf16le')) })],
  ['a byte order mark', ({ body }) => ({ body: bytesOf(`\u{feff}${body}`) })],
  [
    'compressed',
    ({ body }) => ({
      body: new Uint8Array(gzipSync(body)),
      headers: { 'content-encoding': 'gzip' },
    }),
  ],
  ['no body', () => ({ body: new Uint8Array() })],
  ['a line more', ({ body }) => ({ body: bytesOf(`${body}\n`) })],
  ['half of it', ({ bytes, draw }) => ({ body: bytes.slice(0, draw(bytes.length)) })],
]

function rightOf({ body, webhook }: Making): string {
  return sign(body, webhook.secret)
}

function withOtherDigit(signature: string, draw: (below: number) => number): string {
  const at = draw(signature.length)
  const digit = (Number.parseInt(signature.charAt(at), 16) + 1 + draw(15)) % 16
  return signature.slice(0, at) + digit.toString(16) + signature.slice(at + 1)
}

function flipped(bytes: Uint8Array<ArrayBuffer>, bit: number): Uint8Array<ArrayBuffer> {
  const altered = bytes.slice()
  altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return altered
}

function hmac(algorithm: string, body: string, secret: string): string {
  return createHmac(algorithm, secret).update(body).digest('hex')
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text))
}

function drawn(number: number, below: number): number {
  return createHash('sha256').update(String(number)).digest().readUInt32BE() % below
}
