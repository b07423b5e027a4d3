// Uses up a code: one of the authenticator app, or a recovery code. Each works once, however many requests bring it.
import type { Db } from '../../database/tables.ts'
import type { AccountId } from '../../support/ids.ts'
import type { AccountParts } from '../account-parts.ts'
import { recordEvent } from '../audit/record-event.ts'
import { consumeRecoveryCode, countRecoveryCodes } from './recovery-code-store.ts'
import { hashRecoveryCode } from './recovery-codes.ts'
import { openFactor } from './sealed-factors.ts'
import { findFactor, useStep, type StoredFactor } from './second-factor-store.ts'
import { findTotpStep } from './totp.ts'

export type UsedCode = 'code' | 'recovery code' | 'wrong'

/** Returns the account's factor while it is in force. */
export async function findConfirmedFactor(
  db: Db,
  accountId: AccountId,
): Promise<StoredFactor | undefined> {
  const factor = await findFactor(db, accountId)
  return factor?.confirmedAt === undefined ? undefined : factor
}

/** Runs in the transaction of what the code allows. */
export async function useCode(
  parts: AccountParts,
  db: Db,
  factor: StoredFactor,
  typed: string,
): Promise<UsedCode> {
  if (await useAppCode(parts, db, factor, typed)) return 'code'
  const { accountId } = factor
  const codeHash = hashRecoveryCode(typed)
  if (codeHash === undefined) return 'wrong'
  if (!(await consumeRecoveryCode(db, accountId, codeHash))) return 'wrong'
  const left = String(await countRecoveryCodes(db, accountId))
  await recordEvent(parts, db, accountId, { kind: 'recovery-code-used', details: { left } })
  return 'recovery code'
}

export async function useAppCode(
  parts: AccountParts,
  db: Db,
  factor: StoredFactor,
  typed: string,
): Promise<boolean> {
  const secret = openFactor(parts, factor)
  const step = secret && findTotpStep(secret, typed, parts.clock.now())
  return step !== undefined && (await useStep(db, factor, step))
}
