// Who may try how often: decision 0013. In front of every password hash stand three counters:
// per address, for everybody together, and per account with growing waits.

import { sha256Base64Url } from '../../support/hash.ts'
import type { Clock } from '../../support/clock.ts'
import type { Database } from '../../database/open-database.ts'
import { groupAddress } from './client-network.ts'
import { createCounters, type Counter } from './counters.ts'

export type Limits = {
  readonly admitSignUp: (address: string) => Promise<Admission>
  /** Counts one attempt at an account's password; whether the account exists makes no difference. */
  readonly admitPassword: (attempt: PasswordAttempt) => Promise<Admission>
  /** The password was right: the account's failures are forgotten. */
  readonly forgive: (usernameKey: string) => Promise<void>
}

export type PasswordAttempt = { readonly usernameKey: string; readonly address: string }
export type Admission =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'too-many'; readonly retryAt: number }

export type LimitRules = {
  readonly signUpsPerHourAndAddress: number
  readonly passwordsPerMinuteAndAddress: number
  readonly passwordsPerMinute: number
  /** Wrong passwords for one account before waits begin. */
  readonly failuresBeforeWaiting: number
  readonly firstWaitSeconds: number
  readonly longestWaitSeconds: number
}

export const limitRules: LimitRules = {
  signUpsPerHourAndAddress: 30,
  passwordsPerMinuteAndAddress: 30,
  passwordsPerMinute: 300,
  failuresBeforeWaiting: 5,
  firstWaitSeconds: 60,
  longestWaitSeconds: 15 * 60,
}

// Failures in a row are counted this long. With waits of a quarter of an hour that is about 30 attempts.
const failuresRememberedSeconds = 6 * 3600

export type LimitsOptions = {
  readonly database: Database
  readonly clock: Clock
  readonly rules?: Partial<LimitRules>
}

export function createLimits({ database, clock, rules: given = {} }: LimitsOptions): Limits {
  const rules = { ...limitRules, ...given }
  const { count } = createCounters(database)
  const signUps = count('sign-ups', rules.signUpsPerHourAndAddress, 3600)
  const byAddress = count('passwords-address', rules.passwordsPerMinuteAndAddress, 60)
  const byEverybody = count('passwords', rules.passwordsPerMinute, 60)
  const failures = count('failures', Number.MAX_SAFE_INTEGER, failuresRememberedSeconds)
  const turns = count('turns', 1, rules.longestWaitSeconds)

  async function take(counter: Counter, key: string, seconds?: number): Promise<Admission> {
    const { isOver, msLeft } = await counter.add(key, seconds)
    return isOver ? { kind: 'too-many', retryAt: clock.now() + msLeft } : { kind: 'admitted' }
  }

  // The fifth wrong password closes the account's door for a minute, each one after that for twice as long.
  async function admitToAccount(key: string): Promise<Admission> {
    const { count } = await failures.add(key)
    if (count < rules.failuresBeforeWaiting) return { kind: 'admitted' }
    const admission = await take(turns, key, waitSeconds(rules, count))
    // Who was turned away has not tried.
    if (admission.kind === 'too-many') await failures.takeBack(key)
    return admission
  }

  return {
    admitSignUp: (address) => take(signUps, groupAddress(address)),
    admitPassword: async ({ usernameKey, address }) => {
      const fromAddress = await take(byAddress, groupAddress(address))
      if (fromAddress.kind === 'too-many') return fromAddress
      const fromEverybody = await take(byEverybody, 'all')
      if (fromEverybody.kind === 'too-many') return fromEverybody
      return await admitToAccount(sha256Base64Url(usernameKey))
    },
    forgive: async (usernameKey) => {
      const key = sha256Base64Url(usernameKey)
      await failures.clear(key)
      await turns.clear(key)
    },
  }
}

function waitSeconds(rules: LimitRules, failures: number): number {
  const doublings = failures - rules.failuresBeforeWaiting
  return Math.min(rules.firstWaitSeconds * 2 ** doublings, rules.longestWaitSeconds)
}
