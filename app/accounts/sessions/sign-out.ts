// Ends this browser's session. Every node then refuses its cookie.

import type { AccountParts } from '../account-parts.ts'
import { recordEvent } from '../audit/record-event.ts'
import { removeSession } from './session-store.ts'
import type { Session } from './session.ts'

export async function signOut(parts: AccountParts, session: Session): Promise<void> {
  const { accountId, sessionId } = session
  await parts.database.transaction(async (db) => {
    const ended = await removeSession(db, accountId, sessionId)
    if (ended) await recordEvent(parts, db, accountId, { kind: 'signed-out' })
  })
}
