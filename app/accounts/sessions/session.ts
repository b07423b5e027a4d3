// One signed-in browser, as the rest of Taskr sees it. Its row holds only ids (H-19); name and time zone are the
// account's current ones.

import type { AccountId, SessionId } from '../../support/ids.ts'

export type Session = {
  readonly sessionId: SessionId
  readonly accountId: AccountId
  readonly username: string
  readonly timeZone: string
  readonly createdAt: number
  readonly passwordConfirmedAt: number
}
