// The second factor of an account, as the pages use it.
import type { AccountId } from '../../support/ids.ts'
import type { Secret } from '../../support/secret.ts'
import type { AccountParts } from '../account-parts.ts'
import type { Client } from '../client.ts'
import type { PasswordAndCode } from '../passwords/verify-own-password.ts'
import type { Session } from '../sessions/session.ts'
import {
  beginFactorSetUp,
  findFactorSetUp,
  findFactorState,
  renewRecoveryCodes,
  turnFactorOn,
  type FactorSetUp,
  type SecondFactorState,
  type TurnedOn,
} from './set-up-factor.ts'
import { turnFactorOff, type TurnedOff } from './turn-factor-off.ts'

export type SecondFactor = {
  readonly find: (accountId: AccountId) => Promise<SecondFactorState>
  /** Makes a new secret for this session to set up. Returns false when a factor is in force already. */
  readonly beginSetUp: (session: Session) => Promise<boolean>
  /** Returns the secret that this session is setting up, for fifteen minutes. */
  readonly findSetUp: (session: Session) => Promise<FactorSetUp | undefined>
  /** Puts the secret in force, given a first code of it. Every other session ends. */
  readonly turnOn: (session: Session, code: string, client: Client) => Promise<TurnedOn>
  /** Replaces the recovery codes. Returns undefined when no factor is in force. */
  readonly renewCodes: (session: Session, client: Client) => Promise<readonly Secret[] | undefined>
  readonly turnOff: (session: Session, given: PasswordAndCode, client: Client) => Promise<TurnedOff>
}

export function createSecondFactor(parts: AccountParts): SecondFactor {
  return {
    find: (accountId) => findFactorState(parts, accountId),
    beginSetUp: (session) => beginFactorSetUp(parts, session),
    findSetUp: (session) => findFactorSetUp(parts, session),
    turnOn: (session, code, client) => turnFactorOn(parts, session, code, client),
    renewCodes: (session, client) => renewRecoveryCodes(parts, session, client),
    turnOff: (session, given, client) => turnFactorOff(parts, session, given, client),
  }
}
