// Limits attempts at passwords, codes and passkeys. A client that has signed in before is not locked out when other
// clients guess.
import { sha256Base64Url } from '../../support/hash.ts'
import type { SessionId } from '../../support/ids.ts'
import { uncounted, type Admission, type LimitParts, type TooMany } from './admission.ts'
import { clientNetwork, networksOf } from './client-network.ts'
import { createGrowingWaits, type CodeAdmission } from './growing-waits.ts'
import { createNetworkLimit } from './network-limit.ts'

export type PasswordLimits = {
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
}

export type PasswordAttempt = { readonly usernameKey: string; readonly address: string }
export type PasswordAdmission = { readonly kind: 'admitted'; readonly isKnown: boolean } | TooMany

/** The same as the lifetime of an unused session. */
const knownSeconds = 7 * 24 * 3600

export function createPasswordLimits(parts: LimitParts): PasswordLimits {
  const perMinute = parts.rules.passwordsPerMinuteAndAddress
  const known = parts.count('known-clients', uncounted, knownSeconds)
  const attempts = createNetworkLimit(parts, 'log-ins', 10 * perMinute, 60)
  const wrongPasswords = createNetworkLimit(parts, 'passwords-address', perMinute, 60)
  const challenges = createNetworkLimit(parts, 'challenges', 10 * perMinute, 60)
  const admitByEveryone = createLimitOfEveryone(parts)
  const byAccount = createGrowingWaits(parts, 'failures')
  const bySession = createGrowingWaits(parts, 'own-password')
  return {
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
    ...createCodeLimits(parts, attempts.take),
    admitOwnPassword: (sessionId) => bySession.take(sessionId),
    forgiveOwnPassword: (sessionId) => bySession.forget(sessionId),
    admitChallenge: (address) => challenges.take(address),
  }
}

/** When all clients combined are over the limit, each network still has a small share. */
function createLimitOfEveryone({ count, isExempt, rules, take }: LimitParts) {
  const byEveryone = count('passwords', rules.passwordsPerMinute, 60)
  const shares = count('passwords-share', rules.sharePerMinuteAndNetwork, 60)
  return async (address: string): Promise<Admission> => {
    const [fromEveryone, fromShare] = [
      await take(byEveryone, 'all'),
      await take(shares, networksOf(address).widest),
    ]
    const isRefused = fromEveryone.kind === 'too-many' && fromShare.kind === 'too-many'
    return isRefused && !isExempt(address) ? fromShare : { kind: 'admitted' }
  }
}

function createCodeLimits(
  parts: LimitParts,
  admitAttempt: (address: string) => Promise<Admission>,
): Pick<PasswordLimits, 'admitCode' | 'forgiveCode'> {
  const knownByCode = parts.count('known-by-code', uncounted, knownSeconds)
  const codes = createGrowingWaits(parts, 'codes')
  // Known here are clients that gave a right code. A stranger with the password has one count over all networks.
  const codeKey = async (attempt: PasswordAttempt) =>
    (await knownByCode.has(clientKey(attempt))) ? clientKey(attempt) : accountKey(attempt)
  return {
    admitCode: async (attempt) => {
      const fromNetwork = await admitAttempt(attempt.address)
      if (fromNetwork.kind === 'too-many') return fromNetwork
      return await codes.take(await codeKey(attempt))
    },
    forgiveCode: async (attempt) => {
      await codes.forget(await codeKey(attempt))
      await knownByCode.restart(clientKey(attempt))
    },
  }
}

function accountKey({ usernameKey }: PasswordAttempt): string {
  return sha256Base64Url(usernameKey)
}

function clientKey({ usernameKey, address }: PasswordAttempt): string {
  return sha256Base64Url(`${usernameKey}\n${clientNetwork(address)}`)
}
