// One signed-in browser, as the rest of Taskr sees it. Its row holds only ids (H-19); name and time zone are the
// account's current ones.

import type { SeenRevisions } from '../../live/live.ts'
import type { AccountId, SessionId } from '../../support/ids.ts'

export type Session = {
  readonly sessionId: SessionId
  readonly accountId: AccountId
  readonly username: string
  readonly timeZone: string
  readonly createdAt: number
  /** When it ends, however much it is used. */
  readonly expiresAt: number
  /** When the person last proved who they are, by logging in or when asked again. */
  readonly confirmedAt: number
  /** When the person last logged in anew at the identity provider to confirm who they are. */
  readonly providerConfirmedAt: number | undefined
  /** True for a person who runs this Taskr. */
  readonly isOperator: boolean
  /** The revisions of the account and of each of its connections when the session was read; none when it was started. */
  readonly sees: SeenRevisions
}
