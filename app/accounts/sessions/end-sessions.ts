// Ends the account's sessions in other browsers, and log-ins that wait for a code.

import type { SessionId } from '../../support/ids.ts'
import type { AccountParts } from '../account-parts.ts'
import { recordEvent } from '../audit/record-event.ts'
import { holdForSession } from './hold-for-session.ts'
import { removeSession, removeSessions } from './session-store.ts'
import { removeUnfinishedSignIns } from '../signing-in/unfinished-sign-in-store.ts'
import type { Session } from './session.ts'

export async function endSession(
  parts: AccountParts,
  { accountId }: Session,
  sessionId: SessionId,
): Promise<boolean> {
  return await parts.database.transaction(async (db) => {
    const ended = await removeSession(db, accountId, sessionId)
    if (ended) await recordEvent(parts, db, accountId, { kind: 'session-ended' })
    return ended
  })
}

export async function endOtherSessions(parts: AccountParts, session: Session): Promise<number> {
  const { accountId, sessionId } = session
  return await parts.database.transaction(async (db) => {
    const account = await holdForSession(db, session)
    if (account === undefined) return 0
    await removeUnfinishedSignIns(db, account)
    const ended = await removeSessions(db, account, sessionId)
    if (ended > 0) {
      const details = { sessions: String(ended) }
      await recordEvent(parts, db, accountId, { kind: 'session-ended', details })
    }
    return ended
  })
}
