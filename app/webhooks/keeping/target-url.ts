// The address that Attio delivers to. It ends in a key that cannot be guessed, of which only the hash is stored.
import { sha256Base64Url } from '../../support/hash.ts'
import { isLoopback } from '../../support/loopback.ts'
import type { RandomBytes } from '../../support/random.ts'
import { Secret } from '../../support/secret.ts'

const keyBytes = 32

/** Attio delivers over https only. A local Attio also accepts http, when both run on this machine. */
export function canDeliver(from: { readonly api: string; readonly publicUrl: URL }): boolean {
  const { protocol, hostname } = from.publicUrl
  return protocol === 'https:' || (isLoopback(hostname) && isLoopback(new URL(from.api).hostname))
}

export function newKey(randomBytes: RandomBytes): Secret {
  return new Secret(Buffer.from(randomBytes(keyBytes)).toString('base64url'))
}

export function hashOfKey(key: string): string {
  return sha256Base64Url(key)
}

/** Returns the hash of the key in a webhook's address, or undefined when the address is not Taskr's. */
export function hashOfTarget(target: string, targetUrl: string): string | undefined {
  return targetUrl.startsWith(target) ? hashOfKey(targetUrl.slice(target.length)) : undefined
}
