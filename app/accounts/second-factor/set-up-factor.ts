// Sets up an authenticator app: a secret that only this session sees, and that counts once a code proved that the app
// has it.
import { asFactorId, type AccountId } from '../../support/ids.ts'
import type { Secret } from '../../support/secret.ts'
import type { AccountParts } from '../account-parts.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import type { Client } from '../client.ts'
import type { HeldAccount } from '../own-account/account-store.ts'
import { holdForSession } from '../sessions/hold-for-session.ts'
import { removeSessions } from '../sessions/session-store.ts'
import type { Session } from '../sessions/session.ts'
import { removeUnfinishedSignIns } from '../signing-in/unfinished-sign-in-store.ts'
import { countRecoveryCodes, replaceRecoveryCodes } from './recovery-code-store.ts'
import { createRecoveryCodes, hashRecoveryCode } from './recovery-codes.ts'
import { openFactor, placeOfFactor } from './sealed-factors.ts'
import {
  addFactor,
  confirmFactor,
  findFactor,
  removeUnconfirmedFactors,
  type StoredFactor,
} from './second-factor-store.ts'
import { createTotpSecret, totpAddress } from './totp.ts'
import { findConfirmedFactor, useAppCode } from './use-code.ts'
import type { Db } from '../../database/tables.ts'

export const setUpLifetimeMs = 15 * 60_000

export type SecondFactorState =
  | { readonly kind: 'off' }
  | { readonly kind: 'on'; readonly confirmedAt: number; readonly recoveryCodes: number }

/** The secret, in the two forms in which an app takes it. */
export type FactorSetUp = { readonly secret: Secret; readonly address: Secret }

export type TurnedOn =
  | { readonly kind: 'on'; readonly codes: readonly Secret[]; readonly sessionsEnded: number }
  | { readonly kind: 'wrong-code' | 'expired' }

export async function findFactorState(
  { database }: AccountParts,
  accountId: AccountId,
): Promise<SecondFactorState> {
  const factor = await findConfirmedFactor(database.db, accountId)
  if (factor?.confirmedAt === undefined) return { kind: 'off' }
  const recoveryCodes = await countRecoveryCodes(database.db, accountId)
  return { kind: 'on', confirmedAt: factor.confirmedAt, recoveryCodes }
}

/** Begins a set-up, or begins it anew. Returns false when a factor is in force already. */
export async function beginFactorSetUp(
  parts: AccountParts,
  { accountId, sessionId }: Session,
): Promise<boolean> {
  const { clock, database, factorSealer, ids, randomBytes } = parts
  const factorId = asFactorId(ids())
  const secret = createTotpSecret(randomBytes)
  return await addFactor(database.db, {
    accountId,
    factorId,
    sessionId,
    sealedSecret: factorSealer.seal(placeOfFactor({ accountId, factorId }), secret),
    createdAt: clock.now(),
  })
}

/** Returns the secret that this session is setting up. */
export async function findFactorSetUp(
  parts: AccountParts,
  session: Session,
): Promise<FactorSetUp | undefined> {
  const factor = await findOpenSetUp(parts, parts.database.db, session)
  const secret = factor && openFactor(parts, factor)
  return secret && { secret, address: totpAddress(secret, session.username) }
}

/** Puts the factor in force with a first code, ends all other sessions, and returns the first recovery codes. */
export async function turnFactorOn(
  parts: AccountParts,
  session: Session,
  code: string,
  client: Client,
): Promise<TurnedOn> {
  const { accountId, sessionId } = session
  const turned = await parts.database.transaction(async (db): Promise<TurnedOn> => {
    const account = await holdForSession(db, session)
    const factor = await findOpenSetUp(parts, db, session)
    if (account === undefined || factor === undefined) return { kind: 'expired' }
    if (!(await useAppCode(parts, db, factor, code))) return { kind: 'wrong-code' }
    if (!(await confirmFactor(db, account, factor, parts.clock.now()))) return { kind: 'expired' }
    const codes = await replaceCodes(parts, db, account)
    const sessionsEnded = await removeSessions(db, account, sessionId)
    await removeUnfinishedSignIns(db, account)
    const event = { kind: 'second-factor-on', details: describeClient(client) } as const
    await recordEvent(parts, db, accountId, event)
    return { kind: 'on', codes, sessionsEnded }
  })
  if (turned.kind === 'on') parts.logger.info('accounts.second-factor-on', { accountId })
  return turned
}

/** Replaces the recovery codes. Returns undefined when no factor is in force. */
export async function renewRecoveryCodes(
  parts: AccountParts,
  session: Session,
  client: Client,
): Promise<readonly Secret[] | undefined> {
  return await parts.database.transaction(async (db) => {
    const account = await holdForSession(db, session)
    if (account === undefined) return undefined
    const { accountId } = account
    if ((await findConfirmedFactor(db, accountId)) === undefined) return undefined
    const event = { kind: 'recovery-codes-renewed', details: describeClient(client) } as const
    await recordEvent(parts, db, accountId, event)
    return await replaceCodes(parts, db, account)
  })
}

/** Removes set-ups that were not finished in time. */
export async function forgetFactorSetUps({ clock, database }: AccountParts): Promise<void> {
  await removeUnconfirmedFactors(database.db, clock.now() - setUpLifetimeMs)
}

async function findOpenSetUp(
  { clock }: AccountParts,
  db: Db,
  { accountId, sessionId }: Session,
): Promise<StoredFactor | undefined> {
  const factor = await findFactor(db, accountId)
  if (factor === undefined || factor.confirmedAt !== undefined) return undefined
  const isOpen = clock.now() - factor.createdAt < setUpLifetimeMs
  return isOpen && factor.sessionId === sessionId ? factor : undefined
}

async function replaceCodes(
  { clock, randomBytes }: AccountParts,
  db: Db,
  account: HeldAccount,
): Promise<readonly Secret[]> {
  const codes = createRecoveryCodes(randomBytes)
  const hashes = codes.flatMap((code) => hashRecoveryCode(code.reveal()) ?? [])
  await replaceRecoveryCodes(db, account, { hashes, createdAt: clock.now() })
  return codes
}
