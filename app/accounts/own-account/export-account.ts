// Exports everything that this part holds about a person, without hashes and cookies.

import type { AccountParts } from '../account-parts.ts'
import { findAccount } from './account-store.ts'
import { readInPieces } from '../../support/keyset-pieces.ts'
import { listEventsAfter, type AccountEvent } from '../audit/event-store.ts'
import { recordEvent } from '../audit/record-event.ts'
import { listMailedLinks, type MailedLink } from '../mailed/mailed-link-store.ts'
import { listOwn, type ListedPasskey } from '../passkeys/passkeys.ts'
import { findFactorState, type SecondFactorState } from '../second-factor/set-up-factor.ts'
import { listSessions, type OpenSession } from '../sessions/session-store.ts'
import { countUnfinishedSignIns } from '../signing-in/unfinished-sign-in-store.ts'
import { listIdentities, type LinkedIdentity } from '../single-sign-on/identity-store.ts'
import type { Session } from '../sessions/session.ts'

export type AccountExport = {
  readonly account: {
    readonly accountId: string
    readonly username: string
    readonly emailAddress: string | undefined
    readonly emailVerifiedAt: number | undefined
    readonly timeZone: string
    readonly createdAt: number
    readonly isOperator: boolean
  }
  /** Whether a second factor is in force, and how many recovery codes are left. */
  readonly secondFactor: SecondFactorState
  readonly passkeys: readonly ListedPasskey[]
  /** How many log-ins wait for a code. */
  readonly unfinishedSignIns: number
  /** Links that were mailed and not used yet, without their secrets. */
  readonly mailedLinks: readonly MailedLink[]
  readonly sessions: readonly OpenSession[]
  /** The person of the identity provider that the account is linked to. */
  readonly singleSignOn: readonly LinkedIdentity[]
  /** Events in chunks, oldest first. */
  readonly events: AsyncGenerator<readonly AccountEvent[], void>
}

export async function exportAccount(
  parts: AccountParts,
  { accountId }: Session,
): Promise<AccountExport> {
  const { db } = parts.database
  await recordEvent(parts, db, accountId, { kind: 'exported' })
  const account = await findAccount(db, accountId)
  if (account === undefined) throw new Error('The account was deleted during its export.')
  const { username, emailAddress, emailVerifiedAt, timeZone, createdAt, isOperator } = account
  return {
    account: {
      accountId,
      username,
      emailAddress,
      emailVerifiedAt,
      timeZone,
      createdAt,
      isOperator,
    },
    secondFactor: await findFactorState(parts, accountId),
    passkeys: await listOwn(parts, accountId),
    unfinishedSignIns: await countUnfinishedSignIns(db, accountId, parts.clock.now()),
    mailedLinks: await listMailedLinks(db, accountId, parts.clock.now()),
    sessions: await listSessions(db, accountId, parts.clock.now()),
    singleSignOn: await listIdentities(db, accountId),
    events: readInPieces((after: AccountEvent | undefined, limit) =>
      listEventsAfter(db, accountId, after, limit),
    ),
  }
}
