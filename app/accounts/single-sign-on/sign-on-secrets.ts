// The secrets of one log-in at the provider. They are derived from 256 random bits in a cookie of the browser that begins
// it, so that only this browser can finish it and the database holds nothing that could.

import { createHmac } from 'node:crypto'
import { areSameHash, sha256Base64Url } from '../../support/hash.ts'
import type { RandomBytes } from '../../support/random.ts'
import { Secret } from '../../support/secret.ts'
import type { SignOnSecrets } from './identity-provider.ts'

const secretBytes = 32
const secretShape = /^[A-Za-z0-9_-]{43}$/

export function createBrowserSecret(randomBytes: RandomBytes): Secret {
  return new Secret(Buffer.from(randomBytes(secretBytes)).toString('base64url'))
}

export function secretsOf(browserSecret: Secret): SignOnSecrets {
  const derive = (what: string): string =>
    createHmac('sha256', browserSecret.reveal()).update(`taskr sign-on ${what}`).digest('base64url')
  return {
    state: derive('state'),
    nonce: derive('nonce'),
    codeVerifier: derive('code verifier'),
  }
}

/** Returns the secret among the browser's that a state was derived from. */
export function findBrowserSecret(
  browserValues: readonly string[],
  state: string,
): Secret | undefined {
  return browserValues
    .filter((value) => secretShape.test(value))
    .slice(0, mostCompared)
    .map((value) => new Secret(value))
    .find((secret) => areSameHash(secretsOf(secret).state, state))
}

/** More log-ins than a person begins in ten minutes. */
const mostCompared = 20

export function hashOfState(state: string): string {
  return sha256Base64Url(state)
}
