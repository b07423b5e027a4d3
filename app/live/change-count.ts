// Counts the changes that this node has heard of, so that a page can ask whether one came since it was made.
import type { Topic } from './notifications.ts'

export interface ChangeCount {
  readonly add: (topic: Topic) => void
  /** Counts a change of everything: after a gap any change may have been missed. */
  readonly addAll: () => void
  /** Returns a text that differs after every change of any topic. */
  readonly version: () => string
  /** True when one of the topics has changed since that version, or when this node cannot know. */
  readonly hasChanged: (topics: readonly Topic[], since: string) => boolean
}

export function createChangeCount(startedAt: number): ChangeCount {
  const changedAt = new Map<Topic, number>()
  let changes = 0
  let everythingAt = 0
  return {
    add: (topic) => {
      changes += 1
      changedAt.set(topic, changes)
    },
    addAll: () => {
      changes += 1
      everythingAt = changes
    },
    version: () => `${startedAt}.${changes}`,
    hasChanged: (topics, since) => {
      const [start, number] = since.split('.')
      const at = Number(number)
      if (start !== String(startedAt) || !Number.isSafeInteger(at)) return true
      if (at < everythingAt || at > changes) return true
      return topics.some((topic) => (changedAt.get(topic) ?? 0) > at)
    },
  }
}
