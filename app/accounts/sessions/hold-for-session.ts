// Holds the account for something that a session does to it.

import type { Db } from '../../database/tables.ts'
import { holdAccount, type HeldAccount } from '../own-account/account-store.ts'
import { hasSession } from './session-store.ts'
import type { Session } from './session.ts'

/** Returns undefined when the session has ended since the request was let in, or its account is locked or gone. */
export async function holdForSession(
  db: Db,
  session: Pick<Session, 'accountId' | 'sessionId'>,
): Promise<HeldAccount | undefined> {
  const account = await holdAccount(db, session.accountId)
  if (account === undefined || account.lockedAt !== undefined) return undefined
  return (await hasSession(db, session)) ? account : undefined
}
