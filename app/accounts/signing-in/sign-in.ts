// Logs in. Neither the answer nor its cost reveals whether a name exists: an unknown name and a wrong password count
// against the same limits and cost one hash and one write each.

import type { AccountParts } from '../account-parts.ts'
import {
  findAccountByUsername,
  holdAccount,
  setPasswordHash,
  type Account,
} from '../own-account/account-store.ts'
import { noAccountId } from '../audit/event-store.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import type { SignedIn } from '../sessions/start-session.ts'
import { enterAccount, type CodeNeeded } from './enter-account.ts'
import { usernameKey } from './username.ts'
import type { Client } from '../client.ts'

export type SignInGiven = { readonly username: string; readonly password: string }

export type SignIn =
  | SignedIn
  | CodeNeeded
  | { readonly kind: 'wrong' }
  /** An operator has locked the account. Only a person who knows its password is told. */
  | { readonly kind: 'locked' }
  | { readonly kind: 'too-many'; readonly retryAt: number }
  | { readonly kind: 'busy' }

export async function signIn(
  parts: AccountParts,
  given: SignInGiven,
  client: Client,
): Promise<SignIn> {
  const key = usernameKey(given.username)
  const attempt = { usernameKey: key, address: client.address }
  const admission = await parts.limits.admitPassword(attempt)
  if (admission.kind === 'too-many') {
    parts.logger.warn('accounts.too-many-passwords', { address: client.address })
    return admission
  }
  const account = await findAccountByUsername(parts.database.db, key)
  const verification = await parts.passwords.verify(given.password, account?.passwordHash, {
    first: admission.isKnown,
  })
  if (verification.kind === 'busy') return verification
  if (verification.kind === 'wrong' || account === undefined) {
    await noteRefusal(parts, account, client)
    return { kind: 'wrong' }
  }
  await parts.limits.forgive(attempt)
  const renewedHash = verification.isOutdated ? await rehash(parts, given.password) : undefined
  const outcome = await enter(parts, account, client, renewedHash)
  if (outcome.kind === 'wrong' || outcome.kind === 'locked')
    await noteRefusal(parts, account, client)
  if (outcome.kind === 'signed-in') {
    parts.logger.info('accounts.signed-in', { accountId: account.accountId })
  }
  return outcome
}

// Makes the same statements for an unknown name, so that timing does not reveal it.
async function noteRefusal(
  parts: AccountParts,
  account: Account | undefined,
  client: Client,
): Promise<void> {
  const accountId = account?.accountId ?? noAccountId
  const event = { kind: 'sign-in-refused', details: describeClient(client) } as const
  await parts.database.transaction((db) => recordEvent(parts, db, accountId, event))
  parts.logger.warn('accounts.sign-in-refused', { address: client.address })
}

// When the queue is full, a later log-in rehashes.
async function rehash(parts: AccountParts, password: string): Promise<string | undefined> {
  const hashing = await parts.passwords.hash(password)
  return hashing.kind === 'hashed' ? hashing.hash : undefined
}

/** A password that was changed while its hash was computed is wrong: the change ends sessions of before only. */
async function enter(
  parts: AccountParts,
  account: Account,
  client: Client,
  renewedHash: string | undefined,
): Promise<SignedIn | CodeNeeded | { readonly kind: 'wrong' | 'locked' }> {
  return await parts.database.transaction(async (db) => {
    const held = await holdAccount(db, account.accountId)
    if (held?.passwordHash !== account.passwordHash) return { kind: 'wrong' }
    if (held.lockedAt !== undefined) return { kind: 'locked' }
    if (renewedHash !== undefined) await setPasswordHash(db, held, renewedHash)
    return await enterAccount(parts, db, held, client)
  })
}
