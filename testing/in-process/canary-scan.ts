// Searches bytes for secrets in every encoding in which they could leak (TK-04), whole or in parts of twelve characters
// and more.
import { gunzipSync, inflateSync } from 'node:zlib'

export interface Canary {
  /** The kind of secret: "access token". */
  readonly kind: string
  readonly value: Buffer
}

export interface Hit {
  readonly kind: string
  readonly encoding: string
  readonly at: number
}

/** This many consecutive characters of a secret are a leak. */
export const leakLength = 12

type Encode = (part: Buffer) => readonly Buffer[]

/** Returns how a part of a secret looks in each encoding, at any offset of the encoded text. */
const encodings: readonly (readonly [string, Encode])[] = [
  ['raw', (part) => [part]],
  ['base64, first offset', (part) => [inBase64(part, 0)]],
  ['base64, second offset', (part) => [inBase64(part, 1)]],
  ['base64, third offset', (part) => [inBase64(part, 2)]],
  ['base64url', (part) => [0, 1, 2].map((before) => toUrlLetters(inBase64(part, before)))],
  ['hex, small', (part) => [Buffer.from(part.toString('hex'))]],
  ['hex, capital', (part) => [Buffer.from(part.toString('hex').toUpperCase())]],
  [
    'URL',
    (part) => [
      ...everyByte(part, (hex) => `%${hex}`),
      Buffer.from(encodeURIComponent(part.toString('latin1'))),
      Buffer.from(encodeURIComponent(part.toString('latin1')).replaceAll('%20', '+')),
    ],
  ],
  ['JSON escapes', (part) => everyByte(part, (hex) => `\\u00${hex}`)],
  [
    'HTML references',
    (part) => [
      ...everyByte(part, (hex) => `&#x${hex};`),
      Buffer.from([...part].map((byte) => `&#${byte};`).join('')),
    ],
  ],
  // Without the last byte, both byte orders hold the same bytes.
  ['UTF-16', (part) => [Buffer.from(part.toString('latin1'), 'utf16le').subarray(0, -1)]],
  ['reversed', (part) => [Buffer.from(part.toReversed())]],
]

const compressed = 'compressed'

export const encodingNames: readonly string[] = [...encodings.map(([name]) => name), compressed]

export interface Scanner {
  readonly scan: (bytes: Buffer) => readonly Hit[]
}

export function createScanner(canaries: readonly Canary[]): Scanner {
  const wanted = new Map<string, { readonly rest: Buffer; readonly hit: Omit<Hit, 'at'> }[]>()
  const isWanted = new Uint8Array(filterSize)
  for (const { kind, value } of canaries) {
    if (value.length < leakLength) throw new RangeError(`${kind} is too short to be looked for.`)
    for (let at = 0; at + leakLength <= value.length; at++) {
      const part = value.subarray(at, at + leakLength)
      for (const [encoding, encode] of encodings) {
        for (const pattern of encode(part)) {
          const begin = pattern.subarray(0, leakLength)
          isWanted[filterKey(begin, 0)] = 1
          const key = begin.toString('latin1')
          const known = wanted.get(key) ?? []
          known.push({ rest: pattern, hit: { kind, encoding } })
          wanted.set(key, known)
        }
      }
    }
  }

  const scanPlain = (bytes: Buffer): readonly Hit[] => {
    const hits: Hit[] = []
    for (let at = 0; at + leakLength <= bytes.length; at++) {
      if (isWanted[filterKey(bytes, at)] === 0) continue
      for (const { rest, hit } of wanted.get(bytes.toString('latin1', at, at + leakLength)) ?? []) {
        if (bytes.subarray(at, at + rest.length).equals(rest)) hits.push({ ...hit, at })
      }
    }
    return hits
  }

  return {
    scan: (bytes) => [
      ...scanPlain(bytes),
      ...expand(bytes).flatMap(({ at, expanded }) =>
        scanPlain(expanded).map(({ kind }): Hit => ({ kind, encoding: compressed, at })),
      ),
    ],
  }
}

/** Four bytes rule out most places. */
const filterSize = 2 ** 22
function filterKey(bytes: Buffer, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]
  return (Math.imul((a << 24) | (b << 16) | (c << 8) | d, 0x9e3779b1) >>> 10) % filterSize
}

/** Returns the letters that do not depend on the neighbouring bytes. */
function inBase64(part: Buffer, before: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(before), part])
    .toString('base64')
    .replaceAll('=', '')
  const whole = Math.floor(((before + part.length) * 8) / 6)
  return Buffer.from(text.slice(Math.ceil((before * 8) / 6), whole))
}

function toUrlLetters(base64: Buffer): Buffer {
  return Buffer.from(base64.toString('latin1').replaceAll('+', '-').replaceAll('/', '_'))
}

function everyByte(part: Buffer, write: (hex: string) => string): readonly Buffer[] {
  const hexes = [...part].map((byte) => byte.toString(16).padStart(2, '0'))
  return [
    Buffer.from(hexes.map(write).join('')),
    Buffer.from(hexes.map((hex) => write(hex.toUpperCase())).join('')),
  ]
}

/** Expands everything in the bytes that begins like gzip or zlib, as far as it goes. */
function expand(bytes: Buffer): readonly { readonly at: number; readonly expanded: Buffer }[] {
  const found: { at: number; expanded: Buffer }[] = []
  for (const [begin, inflate] of starts) {
    for (let at = bytes.indexOf(begin); at >= 0; at = bytes.indexOf(begin, at + 1)) {
      try {
        found.push({ at, expanded: inflate(bytes.subarray(at)) })
      } catch {
        // It was no compressed stream.
      }
    }
  }
  return found
}

const partly = { finishFlush: 2, maxOutputLength: 2 ** 24 }
const starts: readonly (readonly [Buffer, (bytes: Buffer) => Buffer])[] = [
  [Buffer.from([0x1f, 0x8b, 0x08]), (bytes) => gunzipSync(bytes, partly)],
  [Buffer.from([0x78, 0x9c]), (bytes) => inflateSync(bytes, partly)],
  [Buffer.from([0x78, 0xda]), (bytes) => inflateSync(bytes, partly)],
]
