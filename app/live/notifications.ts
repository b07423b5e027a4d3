// How nodes tell each other that an account changed.
import type { AccountId } from '../support/ids.ts'

/** Sends changes between nodes. */
export interface Notifications {
  readonly send: (accountId: AccountId) => void
  readonly close: () => Promise<void>
}

export type OpenNotifications = (
  receive: (accountId: AccountId | 'all') => void,
) => Promise<Notifications>
