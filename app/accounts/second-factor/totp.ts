// Codes of authenticator apps (RFC 6238): six digits, a new one every thirty seconds, the only kind that every app knows.
import { Secret as TotpSecret, TOTP } from 'otpauth'
import type { RandomBytes } from '../../support/random.ts'
import { Secret } from '../../support/secret.ts'

const stepSeconds = 30
/** RFC 4226 §4 recommends 160 bits. */
const secretBytes = 20
const codeShape = /^\d{6}$/
/** Leaves room for spaces. */
const longestTyped = 40
/** A clock may be half a minute wrong (RFC 6238 §5.2). */
const stepsAround = 1

/** Returns a new secret in base 32. */
export function createTotpSecret(randomBytes: RandomBytes): Secret {
  return new Secret(
    new TotpSecret({ buffer: new Uint8Array(randomBytes(secretBytes)).buffer }).base32,
  )
}

/** Returns the address that an authenticator app reads from a QR code. It contains the secret. */
export function totpAddress(secret: Secret, username: string): Secret {
  return new Secret(totp(secret, username).toString())
}

/** Returns the time step of a code that is right now, half a minute before now, or half a minute after. */
export function findTotpStep(secret: Secret, typed: string, now: number): number | undefined {
  const code = typed.slice(0, longestTyped).replaceAll(/\s/g, '')
  if (!codeShape.test(code)) return undefined
  const steps = totp(secret).validate({ token: code, timestamp: now, window: stepsAround })
  return steps === null ? undefined : Math.floor(now / (stepSeconds * 1000)) + steps
}

function totp(secret: Secret, label = ''): TOTP {
  return new TOTP({
    issuer: 'Taskr',
    label,
    secret: TotpSecret.fromBase32(secret.reveal()),
    digits: 6,
    period: stepSeconds,
  })
}
