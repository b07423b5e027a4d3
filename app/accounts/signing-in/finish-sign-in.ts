// The second step of a log-in: a code. Only a browser whose password was right gets here, so a stranger without the
// password can use up neither codes nor attempts. Attempts count by account, and separately for clients that gave a right code before.
import { sha256Base64Url } from '../../support/hash.ts'
import type { AccountParts } from '../account-parts.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import type { Client } from '../client.ts'
import { findAccount, holdAccount, type Account } from '../own-account/account-store.ts'
import { findConfirmedFactor, useCode } from '../second-factor/use-code.ts'
import type { SignedIn } from '../sessions/start-session.ts'
import { startSignedIn } from './enter-account.ts'
import {
  consumeUnfinishedSignIn,
  findUnfinishedSignIn,
  type UnfinishedSignIn,
} from './unfinished-sign-in-store.ts'

// 256 bits in base64url.
const cookieShape = /^[A-Za-z0-9_-]{43}$/

export type FinishedSignIn =
  | SignedIn
  | { readonly kind: 'wrong-code' }
  /** The log-in was finished, took too long, or was never begun. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'too-many'; readonly retryAt: number }

/** Returns the account whose log-in this browser has begun. */
export async function findUnfinished(
  { clock, database }: AccountParts,
  cookieValue: string,
): Promise<(UnfinishedSignIn & { readonly account: Account }) | undefined> {
  if (!cookieShape.test(cookieValue)) return undefined
  const hash = sha256Base64Url(cookieValue)
  const signIn = await findUnfinishedSignIn(database.db, hash, clock.now())
  const account = signIn && (await findAccount(database.db, signIn.accountId))
  return signIn && account && { ...signIn, account }
}

export async function finishSignIn(
  parts: AccountParts,
  cookieValue: string,
  code: string,
  client: Client,
): Promise<FinishedSignIn> {
  const found = await findUnfinished(parts, cookieValue)
  if (found === undefined) return { kind: 'expired' }
  const { account } = found
  const { accountId, usernameKey } = account
  const attempt = { usernameKey, address: client.address }
  const admission = await parts.limits.admitCode(attempt)
  if (admission.kind === 'too-many') {
    parts.logger.warn('accounts.too-many-codes', { accountId })
    return admission
  }
  const outcome = await useAndStart(parts, found, code, client)
  switch (outcome.kind) {
    case 'signed-in':
      await parts.limits.forgiveCode(attempt)
      parts.logger.info('accounts.signed-in', { accountId })
      return outcome
    case 'wrong-code':
      await noteWrongCode(parts, account, client, admission.isLastBeforeWaits)
      return outcome
    case 'expired':
      return outcome
  }
}

async function useAndStart(
  parts: AccountParts,
  found: UnfinishedSignIn & { readonly account: Account },
  code: string,
  client: Client,
): Promise<SignedIn | { readonly kind: 'wrong-code' | 'expired' }> {
  return await parts.database.transaction(async (db) => {
    const account = await holdAccount(db, found.accountId)
    if (account === undefined || account.lockedAt !== undefined) return { kind: 'expired' }
    const factor = await findConfirmedFactor(db, account.accountId)
    if (factor === undefined) return { kind: 'expired' }
    const used = await useCode(parts, db, factor, code)
    if (used === 'wrong') return { kind: 'wrong-code' }
    // Another request with another code was faster; that one started the session.
    if (!(await consumeUnfinishedSignIn(db, found))) return { kind: 'expired' }
    return await startSignedIn(parts, db, account, client, used)
  })
}

async function noteWrongCode(
  parts: AccountParts,
  { accountId }: Account,
  client: Client,
  isLastBeforeWaits: boolean,
): Promise<void> {
  // The owner is told when the waits begin: the password is known to the person who guesses.
  const kind = isLastBeforeWaits ? 'codes-refused' : 'code-refused'
  await parts.database.transaction((db) =>
    recordEvent(parts, db, accountId, { kind, details: describeClient(client) }),
  )
  parts.logger.warn('accounts.code-refused', { accountId, address: client.address })
}
