// Tells open pages that something changed, and nothing more: each page then reads again with its own rights. A change is
// about an account, or about a connection that several accounts may see.
import type { AccountId } from '../support/ids.ts'
import type { OpenNotifications, Topic } from './notifications.ts'

export type { Topic } from './notifications.ts'
export { versionOf, type SeenRevisions } from './seen-revisions.ts'
export { postgresNotifications } from './postgres-notifications.ts'

export interface Live {
  /** Notifies every open page that shows the account or the connection, on this node and the others. */
  readonly changed: (topic: Topic) => void
  /** Calls back on each change of one of the topics until the returned function is called, or Taskr stops. */
  readonly listen: (accountId: AccountId, topics: readonly Topic[], heard: Listener) => () => void
  /** Returns a text that differs after every change of any topic. */
  readonly version: () => string
  /** True when one of the topics has changed since that version, or when this node cannot know. */
  readonly hasChanged: (topics: readonly Topic[], since: string) => boolean
  /** Ends all listening: each listener receives `stopped`. Changes are still announced to other nodes. */
  readonly stopListening: () => void
  /** Ends all listening and the connection to other nodes. */
  readonly close: () => Promise<void>
}

export type Listener = (what: 'stopped' | { readonly changed: Topic }) => void

/** When an account has more open pages than this, the oldest one stops listening. */
const listenersPerAccount = 50

/** With notifications, a node's own changes reach it through them, too. Without, they reach it at once. */
export async function createLive(
  startedAt: number,
  openNotifications?: OpenNotifications,
): Promise<Live> {
  const byTopic = new Map<Topic, Set<Listener>>()
  const byAccount = new Map<AccountId, Map<Listener, () => void>>()
  const changedAt = new Map<Topic, number>()
  let changes = 0
  let everythingAt = 0
  let isStopped = false
  let closing: Promise<void> | undefined

  const tell = (topic: Topic): void => {
    changes += 1
    changedAt.set(topic, changes)
    for (const heard of byTopic.get(topic) ?? []) heard({ changed: topic })
  }
  // After a gap any change may have been missed.
  const tellAll = (): void => {
    changes += 1
    everythingAt = changes
    for (const [topic, listeners] of byTopic) {
      for (const heard of listeners) heard({ changed: topic })
    }
  }
  const stopListening = (): void => {
    isStopped = true
    for (const ofAccount of byAccount.values()) {
      for (const heard of ofAccount.keys()) heard('stopped')
    }
    byAccount.clear()
    byTopic.clear()
  }
  const notifications = await openNotifications?.((what) =>
    what === 'all' ? tellAll() : tell(what),
  )

  return {
    changed: notifications?.send ?? tell,
    listen: (accountId, topics, heard) => {
      if (isStopped) {
        heard('stopped')
        return () => {}
      }
      const ofAccount = byAccount.get(accountId) ?? new Map<Listener, () => void>()
      const [eldest] = ofAccount
      if (eldest !== undefined && ofAccount.size >= listenersPerAccount) {
        eldest[1]()
        eldest[0]('stopped')
      }
      for (const topic of topics) {
        byTopic.set(topic, (byTopic.get(topic) ?? new Set<Listener>()).add(heard))
      }
      const stop = (): void => {
        for (const topic of topics) {
          const listeners = byTopic.get(topic)
          listeners?.delete(heard)
          if (listeners?.size === 0) byTopic.delete(topic)
        }
        ofAccount.delete(heard)
        if (ofAccount.size === 0) byAccount.delete(accountId)
      }
      byAccount.set(accountId, ofAccount.set(heard, stop))
      return stop
    },
    version: () => `${startedAt}.${changes}`,
    hasChanged: (topics, since) => {
      const [start, number] = since.split('.')
      const at = Number(number)
      if (start !== String(startedAt) || !Number.isSafeInteger(at)) return true
      if (at < everythingAt || at > changes) return true
      return topics.some((topic) => (changedAt.get(topic) ?? 0) > at)
    },
    stopListening,
    close: async () => {
      stopListening()
      await (closing ??= notifications?.close())
    },
  }
}
