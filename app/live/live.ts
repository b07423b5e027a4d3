// Tells the open pages of an account that something changed, and nothing more: each page then reads again with its own
// rights.
import type { AccountId } from '../support/ids.ts'
import type { OpenNotifications } from './notifications.ts'

export { postgresNotifications } from './postgres-notifications.ts'

export interface Live {
  /** Notifies every open page of the account, on this node and the others. */
  readonly changed: (accountId: AccountId) => void
  /** Calls back on each change until the returned function is called, or Taskr stops. */
  readonly listen: (accountId: AccountId, heard: Listener) => () => void
  /** Returns a text that differs after every change in the account. */
  readonly version: (accountId: AccountId) => string
  /** Ends all listening: each listener receives `stopped`. Changes are still announced to other nodes. */
  readonly stopListening: () => void
  /** Ends all listening and the connection to other nodes. */
  readonly close: () => Promise<void>
}

export type Listener = (what: 'changed' | 'stopped') => void

/** When an account has more open pages than this, the oldest one stops listening. */
const listenersPerAccount = 50

/** With notifications, a node's own changes reach it through them, too. Without, they reach it at once. */
export async function createLive(
  startedAt: number,
  openNotifications?: OpenNotifications,
): Promise<Live> {
  const listeners = new Map<AccountId, Set<Listener>>()
  const versions = new Map<AccountId, number>()
  let everything = 0
  let isStopped = false
  let closing: Promise<void> | undefined

  const tell = (accountId: AccountId): void => {
    versions.set(accountId, (versions.get(accountId) ?? 0) + 1)
    for (const heard of listeners.get(accountId) ?? []) heard('changed')
  }
  // After a gap any change may have been missed.
  const tellAll = (): void => {
    everything += 1
    for (const accountId of listeners.keys()) tell(accountId)
  }
  const stopListening = (): void => {
    isStopped = true
    for (const ofAccount of listeners.values()) for (const heard of ofAccount) heard('stopped')
    listeners.clear()
  }
  const notifications = await openNotifications?.((who) => (who === 'all' ? tellAll() : tell(who)))

  return {
    changed: notifications?.send ?? tell,
    listen: (accountId, heard) => {
      if (isStopped) {
        heard('stopped')
        return () => {}
      }
      const ofAccount = listeners.get(accountId) ?? new Set<Listener>()
      const [eldest] = ofAccount
      if (eldest !== undefined && ofAccount.size >= listenersPerAccount) {
        ofAccount.delete(eldest)
        eldest('stopped')
      }
      listeners.set(accountId, ofAccount.add(heard))
      return () => {
        ofAccount.delete(heard)
        if (ofAccount.size === 0) listeners.delete(accountId)
      }
    },
    version: (accountId) => `${startedAt}.${everything}.${versions.get(accountId) ?? 0}`,
    stopListening,
    close: async () => {
      stopListening()
      await (closing ??= notifications?.close())
    },
  }
}
