// Tells open pages that something changed, and nothing more: each page then reads again with its own rights. A change is
// about an account, or about a connection that several accounts may see.
import type { AccountId } from '../support/ids.ts'
import { createChangeCount, type ChangeCount } from './change-count.ts'
import { createListeners, type Listener } from './listeners.ts'
import type { OpenNotifications, Topic } from './notifications.ts'

export type { Listener } from './listeners.ts'
export type { Topic } from './notifications.ts'
export { versionOf, type SeenRevisions } from './seen-revisions.ts'
export { postgresNotifications } from './postgres-notifications.ts'

export interface Live extends Pick<ChangeCount, 'version' | 'hasChanged'> {
  /** Notifies every open page that shows the account or the connection, on this node and the others. */
  readonly changed: (topic: Topic) => void
  /** Calls back on each change of one of the topics until the returned function is called, or Taskr stops. */
  readonly listen: (accountId: AccountId, topics: readonly Topic[], heard: Listener) => () => void
  /** Ends all listening: each listener receives `stopped`. Changes are still announced to other nodes. */
  readonly stopListening: () => void
  /** Ends all listening and the connection to other nodes. */
  readonly close: () => Promise<void>
}

/** With notifications, a node's own changes reach it through them, too. Without, they reach it at once. */
export async function createLive(
  startedAt: number,
  openNotifications?: OpenNotifications,
): Promise<Live> {
  const listeners = createListeners()
  const count = createChangeCount(startedAt)
  const tell = (topic: Topic): void => {
    count.add(topic)
    listeners.tell(topic)
  }
  const tellAll = (): void => {
    count.addAll()
    listeners.tellAll()
  }
  const notifications = await openNotifications?.((what) =>
    what === 'all' ? tellAll() : tell(what),
  )
  let closing: Promise<void> | undefined
  return {
    changed: notifications?.send ?? tell,
    listen: listeners.add,
    version: count.version,
    hasChanged: count.hasChanged,
    stopListening: listeners.stop,
    close: async () => {
      listeners.stop()
      await (closing ??= notifications?.close())
    },
  }
}
