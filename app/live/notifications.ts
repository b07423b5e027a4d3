// How nodes tell each other that something changed.
import type { AccountId, ConnectionId } from '../support/ids.ts'

/** The subject of a change. */
export type Topic = AccountId | ConnectionId

/** Sends changes between nodes. */
export interface Notifications {
  readonly send: (topic: Topic) => void
  readonly close: () => Promise<void>
}

export type OpenNotifications = (receive: (what: Topic | 'all') => void) => Promise<Notifications>
