// The open pages of this node, as listeners: who is told of a change, and when each stops listening.
import type { AccountId } from '../support/ids.ts'
import type { Topic } from './notifications.ts'

/** Hears that one of its topics changed, that anything may have changed, or that listening stopped. */
export type Listener = (what: 'changed' | 'stopped') => void

export interface Listeners {
  /** Adds a listener until the returned function is called, or listening stops. */
  readonly add: (accountId: AccountId, topics: readonly Topic[], heard: Listener) => () => void
  readonly tell: (topic: Topic) => void
  readonly tellAll: () => void
  /** Ends all listening: each listener receives `stopped`, and so does each that is added later. */
  readonly stop: () => void
}

/** When an account has more open pages than this, the oldest one stops listening. */
const listenersPerAccount = 50

export function createListeners(): Listeners {
  const byTopic = new Map<Topic, Set<Listener>>()
  const byAccount = new Map<AccountId, Map<Listener, () => void>>()
  let isStopped = false

  const stopEldestOf = (ofAccount: ReadonlyMap<Listener, () => void>): void => {
    const [eldest] = ofAccount
    if (eldest === undefined || ofAccount.size < listenersPerAccount) return
    const [heard, stop] = eldest
    stop()
    heard('stopped')
  }
  const forget = (topic: Topic, heard: Listener): void => {
    const listeners = byTopic.get(topic)
    listeners?.delete(heard)
    if (listeners?.size === 0) byTopic.delete(topic)
  }
  return {
    add: (accountId, topics, heard) => {
      if (isStopped) {
        heard('stopped')
        return () => {}
      }
      const ofAccount = byAccount.get(accountId) ?? new Map<Listener, () => void>()
      stopEldestOf(ofAccount)
      for (const topic of topics) {
        byTopic.set(topic, (byTopic.get(topic) ?? new Set<Listener>()).add(heard))
      }
      const stop = (): void => {
        for (const topic of topics) forget(topic, heard)
        ofAccount.delete(heard)
        if (ofAccount.size === 0) byAccount.delete(accountId)
      }
      byAccount.set(accountId, ofAccount.set(heard, stop))
      return stop
    },
    tell: (topic) => {
      for (const heard of byTopic.get(topic) ?? []) heard('changed')
    },
    tellAll: () => {
      for (const ofAccount of byAccount.values()) {
        for (const heard of ofAccount.keys()) heard('changed')
      }
    },
    stop: () => {
      isStopped = true
      for (const ofAccount of byAccount.values()) {
        for (const heard of ofAccount.keys()) heard('stopped')
      }
      byAccount.clear()
      byTopic.clear()
    },
  }
}
