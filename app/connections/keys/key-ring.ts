// The keys that seal stored secrets: the first one seals, all of them open. Read from TASKR_KEYS, which is
// `id:key` or `id:key,older-id:older-key`, where each key is 32 random bytes in base64url.
import { createSecretKey, type KeyObject } from 'node:crypto'

export interface SealingKey {
  readonly id: string
  readonly key: KeyObject
}

export interface KeyRing {
  /** Seals every new value. */
  readonly current: SealingKey
  readonly find: (id: string) => SealingKey | undefined
  readonly ids: readonly string[]
  /**
   * Writes a report of how many values each key still seals into the key file's folder. Returns `not-stored` when the
   * folder is read-only.
   */
  readonly report?: (use: Readonly<Record<string, number>>) => 'stored' | 'not-stored' | 'unchanged'
}

export type KeyRingReading =
  | { readonly kind: 'read'; readonly ring: KeyRing }
  | { readonly kind: 'refused'; readonly problem: string }

const keyBytes = 32

/** Reads a key ring. Its error says what to do and never repeats a key. */
export function readKeyRing(text: string): KeyRingReading {
  const keys = new Map<string, SealingKey>()
  for (const [at, entry] of text.split(',').entries()) {
    const reading = readKey(entry.trim(), `Key ${at + 1} of TASKR_KEYS`)
    if ('problem' in reading) return { kind: 'refused', problem: reading.problem }
    if (keys.has(reading.id)) {
      return { kind: 'refused', problem: `TASKR_KEYS names the key id ${reading.id} twice.` }
    }
    keys.set(reading.id, reading)
  }
  const [current] = keys.values()
  return current === undefined
    ? { kind: 'refused', problem: 'TASKR_KEYS is empty.' }
    : { kind: 'read', ring: { current, find: (id) => keys.get(id), ids: [...keys.keys()] } }
}

/** Returns a new key in the form that TASKR_KEYS takes. */
export function formatKey(id: string, bytes: Uint8Array): string {
  return `${id}:${Buffer.from(bytes).toString('base64url')}`
}

function readKey(entry: string, name: string): SealingKey | { readonly problem: string } {
  const [, id, encoded] = /^([a-z0-9][a-z0-9-]{0,31}):(.*)$/.exec(entry) ?? []
  if (id === undefined || encoded === undefined) {
    return { problem: `${name} is not of the form id:key, where the id is a-z, 0-9 and hyphens.` }
  }
  const bytes = Buffer.from(encoded, 'base64url')
  if (bytes.toString('base64url') !== encoded || bytes.length !== keyBytes) {
    return { problem: `${name} must be ${keyBytes} random bytes in base64url (43 characters).` }
  }
  if (looksMadeUp(bytes)) {
    return { problem: `${name} looks like a placeholder. Make a random one: npm run keys -- new` }
  }
  const sealingKey = { id, key: createSecretKey(bytes) }
  bytes.fill(0)
  return sealingKey
}

/** Random keys hold fewer than 16 different bytes about once in 10^15, and are practically never all printable. */
function looksMadeUp(bytes: Uint8Array): boolean {
  return new Set(bytes).size < 16 || bytes.every((byte) => byte >= 0x20 && byte < 0x7f)
}
