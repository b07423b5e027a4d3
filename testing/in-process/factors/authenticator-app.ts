// The authenticator app of a test, which makes codes from the secret that Taskr shows.
import { Secret as TotpSecret, TOTP } from 'otpauth'

/** Returns the code of an app at a time. */
export function codeAt(secret: string, now: number): string {
  return new TOTP({ secret: TotpSecret.fromBase32(secret) }).generate({ timestamp: now })
}

/** Returns a code that an app shows at no time around the given one. */
export function wrongCodeAt(secret: string, now: number): string {
  const around = [-60_000, -30_000, 0, 30_000, 60_000].map((ms) => codeAt(secret, now + ms))
  return (
    ['000000', '111111', '222222', '333333', '444444', '555555'].find(
      (code) => !around.includes(code),
    ) ?? ''
  )
}
