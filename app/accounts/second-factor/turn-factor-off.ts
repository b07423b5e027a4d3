// Turns the second factor off. It asks for the password and a code, however recently either was given.
import type { AccountParts } from '../account-parts.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import type { Client } from '../client.ts'
import {
  verifyOwnPassword,
  type OwnPassword,
  type PasswordAndCode,
} from '../passwords/verify-own-password.ts'
import type { Session } from '../sessions/session.ts'
import { removeUnfinishedSignIns } from '../signing-in/unfinished-sign-in-store.ts'
import { removeRecoveryCodes } from './recovery-code-store.ts'
import { removeFactor } from './second-factor-store.ts'

export type TurnedOff =
  | { readonly kind: 'off' | 'was-off' }
  | Exclude<OwnPassword, { readonly kind: 'right' }>

export async function turnFactorOff(
  parts: AccountParts,
  session: Session,
  given: PasswordAndCode,
  client: Client,
): Promise<TurnedOff> {
  const own = await verifyOwnPassword(parts, session, given, client)
  if (own.kind !== 'right') return own
  const { accountId } = session
  const turned = await own.act(async (db, account): Promise<TurnedOff> => {
    const removed = await removeFactor(db, account)
    await removeRecoveryCodes(db, account)
    await removeUnfinishedSignIns(db, account)
    const event = { kind: 'second-factor-off', details: describeClient(client) } as const
    if (removed) await recordEvent(parts, db, accountId, event)
    return { kind: removed ? 'off' : 'was-off' }
  })
  if (turned.kind === 'off') parts.logger.info('accounts.second-factor-off', { accountId })
  return turned
}
