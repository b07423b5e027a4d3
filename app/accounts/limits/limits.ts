// Rate limits (decision 0013). Before every password hash, attempts are counted per network, for all clients combined,
// and per account with growing waits. A client that has signed in before is not locked out by the attempts of others.

import { sha256Base64Url } from '../../support/hash.ts'
import type { Clock } from '../../support/clock.ts'
import type { AccountId, SessionId } from '../../support/ids.ts'
import type { Database } from '../../database/open-database.ts'
import { clientNetwork, networksOf } from './client-network.ts'
import { createCounters, type Counter } from './counters.ts'
import { createExemptNetworks } from './exempt-networks.ts'
import { limitRules, timesPerNetwork, type LimitRules } from './limit-rules.ts'

export type Limits = {
  /** Counts a sign-up form before it is read. */
  readonly admitSignUpForm: (address: string) => Promise<Admission>
  readonly admitSignUp: (address: string) => Promise<Admission>
  /** Counts a log-in that begins at the identity provider. */
  readonly admitSignOn: (address: string) => Promise<Admission>
  /** Counts a request for a link to sign up with. */
  readonly admitSignUpMail: (address: string) => Promise<Admission>
  /** Counts such links by the email address that they go to. */
  readonly admitSignUpLink: (emailKey: string) => Promise<Admission>
  /** Counts one attempt at an account's password, in the same way whether or not the account exists. */
  readonly admitPassword: (attempt: PasswordAttempt) => Promise<PasswordAdmission>
  /** Clears the account's failures after a right password, and remembers the client. */
  readonly forgive: (attempt: PasswordAttempt) => Promise<void>
  /** Counts one attempt at the code that follows a right password. */
  readonly admitCode: (attempt: PasswordAttempt) => Promise<CodeAdmission>
  /** Clears the account's wrong codes after a right one, and remembers the client. */
  readonly forgiveCode: (attempt: PasswordAttempt) => Promise<void>
  /** Counts a signed-in person's attempt at their own password, separately from all other attempts. */
  readonly admitOwnPassword: (sessionId: SessionId) => Promise<Admission>
  readonly forgiveOwnPassword: (sessionId: SessionId) => Promise<void>
  /** Counts a request for a challenge that a passkey is to sign. */
  readonly admitChallenge: (address: string) => Promise<Admission>
  readonly admitExport: (accountId: AccountId) => Promise<Admission>
  /** Counts a request for a reset link. */
  readonly admitReset: (address: string) => Promise<Admission>
  /** Counts reset links to an email address, in the same way whether or not an account has it. */
  readonly admitResetMail: (emailKey: string) => Promise<Admission>
  /** Counts confirmation links, by account and by email address. */
  readonly admitVerification: (accountId: AccountId, emailKey: string) => Promise<Admission>
  /** Counts the use of a mailed link, whether or not it works. */
  readonly admitLink: (address: string) => Promise<Admission>
}

export type PasswordAttempt = { readonly usernameKey: string; readonly address: string }
export type TooMany = { readonly kind: 'too-many'; readonly retryAt: number }
export type Admission = { readonly kind: 'admitted' } | TooMany
/** `isLastBeforeWaits`: the next attempts must wait. */
export type CodeAdmission =
  | { readonly kind: 'admitted'; readonly isLastBeforeWaits: boolean }
  | TooMany
export type PasswordAdmission = { readonly kind: 'admitted'; readonly isKnown: boolean } | TooMany

// Consecutive failures are remembered this long. With waits of 15 minutes, that is about 30 attempts.
const failuresRememberedSeconds = 6 * 3600
/** The same as the lifetime of an unused session. */
const knownSeconds = 7 * 24 * 3600
const uncounted = Number.MAX_SAFE_INTEGER

export type LimitSettings = {
  readonly rules?: Partial<LimitRules>
  /** Addresses and ranges that are not counted by network. */
  readonly exemptNetworks?: readonly string[]
}

export type LimitsOptions = LimitSettings & {
  readonly database: Database
  readonly clock: Clock
}

export function createLimits(options: LimitsOptions): Limits {
  const { database, clock, exemptNetworks = [] } = options
  const rules = { ...limitRules, ...options.rules }
  const { count } = createCounters(database)
  const isExempt = createExemptNetworks(exemptNetworks)

  const take = async (counter: Counter, key: string, seconds?: number): Promise<Admission> => {
    const { isOver, msLeft } = await counter.add(key, seconds)
    return isOver ? { kind: 'too-many', retryAt: clock.now() + msLeft } : { kind: 'admitted' }
  }

  /** Counts by /64, /56 and /48, with two and four times the limit for the wider networks. */
  function byNetwork(name: string, points: number, seconds: number) {
    const counters = timesPerNetwork.map((times, step) =>
      count(step === 0 ? name : `${name}-${step}`, points * times, seconds),
    )
    const steps = (address: string): readonly (readonly [Counter, string])[] => {
      const { narrowest, wider } = networksOf(address)
      return [narrowest, ...wider].flatMap((network, step) => {
        const counter = counters[step]
        return counter === undefined ? [] : [[counter, network] as const]
      })
    }
    return {
      take: async (address: string): Promise<Admission> => {
        if (isExempt(address)) return { kind: 'admitted' }
        // The narrowest comes first, so that a /64 over its limit does not use up its neighbours' limit.
        for (const [counter, network] of steps(address)) {
          const admission = await take(counter, network)
          if (admission.kind === 'too-many') return admission
        }
        return { kind: 'admitted' }
      },
      giveBack: async (address: string): Promise<void> => {
        if (isExempt(address)) return
        for (const [counter, network] of steps(address)) await counter.takeBack(network)
      },
    }
  }

  /** The fifth wrong password starts a wait of one minute; each later one doubles it. */
  function withWaits(name: string) {
    const failures = count(name, uncounted, failuresRememberedSeconds)
    const waits = count(`${name}-waits`, 1, rules.longestWaitSeconds)
    return {
      take: async (key: string): Promise<CodeAdmission> => {
        const { count } = await failures.add(key)
        const isLastBeforeWaits = count === rules.failuresBeforeWaiting
        if (count < rules.failuresBeforeWaiting) return { kind: 'admitted', isLastBeforeWaits }
        const admission = await take(waits, key, waitSeconds(rules, count))
        // A refused attempt does not count.
        if (admission.kind === 'admitted') return { ...admission, isLastBeforeWaits }
        await failures.takeBack(key)
        return admission
      },
      forget: async (key: string): Promise<void> => {
        await failures.clear(key)
        await waits.clear(key)
      },
    }
  }

  const signUps = byNetwork('sign-ups', rules.signUpsPerHourAndAddress, 3600)
  const signUpForms = byNetwork('sign-up-forms', 10 * rules.signUpsPerHourAndAddress, 3600)
  const attempts = byNetwork('log-ins', 10 * rules.passwordsPerMinuteAndAddress, 60)
  const wrongPasswords = byNetwork('passwords-address', rules.passwordsPerMinuteAndAddress, 60)
  const byEveryone = count('passwords', rules.passwordsPerMinute, 60)
  const shares = count('passwords-share', rules.sharePerMinuteAndNetwork, 60)
  const known = count('known-clients', uncounted, knownSeconds)
  const knownByCode = count('known-by-code', uncounted, knownSeconds)
  const challenges = byNetwork('challenges', 10 * rules.passwordsPerMinuteAndAddress, 60)
  const exports = count('exports', rules.exportsPerHourAndAccount, 3600)
  const resets = byNetwork('resets', rules.resetsPerHourAndAddress, 3600)
  const links = byNetwork('mailed-links', 10 * rules.resetsPerHourAndAddress, 3600)
  const resetMails = count('reset-mails', rules.mailsPerHour, 3600)
  const signUpMails = byNetwork('sign-up-mails', rules.signUpsPerHourAndAddress, 3600)
  const signOns = byNetwork('sign-ons', rules.passwordsPerMinuteAndAddress, 60)
  const signUpLinks = count('sign-up-links', rules.mailsPerHour, 3600)
  const verifications = count('verifications', rules.mailsPerHour, 3600)
  const byAccount = withWaits('failures')
  const bySession = withWaits('own-password')
  const codes = withWaits('codes')

  /** When all clients combined are over the limit, each network still has a small share. */
  async function admitByEveryone(address: string): Promise<Admission> {
    const [fromEveryone, fromShare] = [
      await take(byEveryone, 'all'),
      await take(shares, networksOf(address).widest),
    ]
    const isRefused = fromEveryone.kind === 'too-many' && fromShare.kind === 'too-many'
    return isRefused && !isExempt(address) ? fromShare : { kind: 'admitted' }
  }

  const accountKey = ({ usernameKey }: PasswordAttempt) => sha256Base64Url(usernameKey)
  const clientKey = ({ usernameKey, address }: PasswordAttempt) =>
    sha256Base64Url(`${usernameKey}\n${clientNetwork(address)}`)

  // Known here are clients that gave a right code. A stranger with the password has one count over all networks.
  const codeKey = async (attempt: PasswordAttempt) =>
    (await knownByCode.has(clientKey(attempt))) ? clientKey(attempt) : accountKey(attempt)

  return {
    admitSignUpForm: (address) => signUpForms.take(address),
    admitSignUp: (address) => signUps.take(address),
    admitSignOn: (address) => signOns.take(address),
    admitSignUpMail: (address) => signUpMails.take(address),
    admitSignUpLink: (emailKey) => take(signUpLinks, sha256Base64Url(emailKey)),
    admitPassword: async (attempt) => {
      const { address } = attempt
      for (const counters of [attempts, wrongPasswords]) {
        const fromNetwork = await counters.take(address)
        if (fromNetwork.kind === 'too-many') return fromNetwork
      }
      const isKnown = await known.has(clientKey(attempt))
      const fromEveryone = isKnown ? undefined : await admitByEveryone(address)
      if (fromEveryone?.kind === 'too-many') return fromEveryone
      const toAccount = await byAccount.take(isKnown ? clientKey(attempt) : accountKey(attempt))
      return toAccount.kind === 'too-many' ? toAccount : { kind: 'admitted', isKnown }
    },
    forgive: async (attempt) => {
      const client = clientKey(attempt)
      // A known client's failures are counted separately; the account's count covers all other clients.
      await byAccount.forget((await known.has(client)) ? client : accountKey(attempt))
      await wrongPasswords.giveBack(attempt.address)
      await known.restart(client)
    },
    admitCode: async (attempt) => {
      const fromNetwork = await attempts.take(attempt.address)
      if (fromNetwork.kind === 'too-many') return fromNetwork
      return await codes.take(await codeKey(attempt))
    },
    forgiveCode: async (attempt) => {
      await codes.forget(await codeKey(attempt))
      await knownByCode.restart(clientKey(attempt))
    },
    admitOwnPassword: (sessionId) => bySession.take(sessionId),
    forgiveOwnPassword: (sessionId) => bySession.forget(sessionId),
    admitChallenge: (address) => challenges.take(address),
    admitExport: (accountId) => take(exports, accountId),
    admitReset: (address) => resets.take(address),
    admitResetMail: (emailKey) => take(resetMails, sha256Base64Url(emailKey)),
    admitVerification: async (accountId, emailKey) => {
      const toAccount = await take(verifications, accountId)
      if (toAccount.kind === 'too-many') return toAccount
      return await take(verifications, sha256Base64Url(emailKey))
    },
    admitLink: (address) => links.take(address),
  }
}

function waitSeconds(rules: LimitRules, failures: number): number {
  const doublings = failures - rules.failuresBeforeWaiting
  return Math.min(rules.firstWaitSeconds * 2 ** doublings, rules.longestWaitSeconds)
}
