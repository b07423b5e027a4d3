// Sends changes between nodes with PostgreSQL's LISTEN and NOTIFY, over a connection of its own. After that connection
// broke, this node reports that any account may have changed, and announces the accounts it could not announce before.
import { createHosts, onAnyHost } from '../database/open-database.ts'
import type { Clock } from '../support/clock.ts'
import { asAccountId, type Ids } from '../support/ids.ts'
import type { Logger } from '../support/logger.ts'
import { createProbe, isProbe } from './hears-others.ts'
import type { OpenNotifications, Topic } from './notifications.ts'
import { openListeningConnection, type ListeningConnection } from './listening-connection.ts'

const pauseMs = 1_000
/** A connection that is silent for longer is tested, and replaced when the test gets no answer. */
const testEveryMs = 5_000
/** With more waiting accounts than this, all nodes are told that anything may have changed. */
const longestQueue = 1_000

export function postgresNotifications(options: {
  readonly url: string
  readonly clock: Clock
  readonly logger: Logger
  readonly ids: Ids
  /** Called when the connection was lost, and the new one may lead to another server, which may lack what the first had. */
  readonly serverChanged?: () => void
}): OpenNotifications {
  return async (receive) => {
    const { url, clock, logger, ids, serverChanged } = options
    const hosts = createHosts(url)
    const stopping = new AbortController()
    const { signal } = stopping
    const queue = createQueue(receive, logger)
    let isDeaf = false
    let probing = Promise.resolve()
    let listener = await open()
    const watching = watch()

    async function open(): Promise<ListeningConnection> {
      const probe = createProbe(ids())
      const opened = await onAnyHost(hosts, (address) =>
        openListeningConnection(address, {
          heard: (payload) => {
            probe.heard(payload)
            if (!isProbe(payload)) receive(payload === everyAccount ? 'all' : asAccountId(payload))
          },
          failed: (error) => {
            if (!signal.aborted) logger.warn('live.connection-lost', { error })
          },
        }),
      )
      void queue.flush(opened)
      probing = probe.send(hosts.current(), signal).then((hasArrived) => {
        if (signal.aborted || hasArrived === undefined) return
        isDeaf = !hasArrived
        if (isDeaf) logger.error('live.notifications-lost', { problem: notificationsLost })
      })
      return opened
    }

    /** Replaces the connection whenever it ends. */
    async function watch(): Promise<void> {
      while (!signal.aborted) {
        await untilItEnds(listener)
        if (signal.aborted) return
        await reconnect()
      }
    }
    async function untilItEnds(current: ListeningConnection): Promise<void> {
      while (!signal.aborted && !current.hasEnded()) {
        const quiet = new AbortController()
        await Promise.race([current.ended, pause(testEveryMs, quiet.signal)])
        quiet.abort()
        if (!signal.aborted && !current.hasEnded() && !(await current.answers())) current.destroy()
      }
    }
    async function reconnect(): Promise<void> {
      while (!signal.aborted) {
        await pause(pauseMs)
        if (signal.aborted) return
        try {
          const { server } = listener
          listener = await open()
          receive('all')
          const isSame = server !== undefined && server === listener.server
          return isSame ? undefined : serverChanged?.()
        } catch (error) {
          logger.warn('live.connection-refused', { error })
        }
      }
    }
    async function pause(ms: number, sooner: AbortSignal = signal): Promise<void> {
      await clock.wait(ms, AbortSignal.any([signal, sooner])).catch(() => {})
    }

    return {
      send: (topic) => {
        queue.add(topic)
        void queue.flush(listener)
        if (isDeaf) receive(topic)
      },
      close: async () => {
        stopping.abort()
        await queue.flush(listener)
        listener.destroy()
        await Promise.all([watching, probing])
      },
    }
  }
}

const notificationsLost =
  'PostgreSQL does not deliver notifications, as behind PgBouncer in transaction mode: open pages miss the changes of other nodes. Set LISTEN_DATABASE_URL to PostgreSQL’s own address.'

/** A payload that is not an account's id. */
const everyAccount = '*'

/** The accounts not yet announced to other nodes. They stay until PostgreSQL accepts them. */
function createQueue(receive: (what: Topic | 'all') => void, logger: Logger) {
  const waiting = new Set<Topic | typeof everyAccount>()
  let flushing = Promise.resolve()

  async function sendAll(listener: ListeningConnection): Promise<void> {
    for (const account of waiting) {
      if (listener.hasEnded()) return
      try {
        waiting.delete(account)
        await listener.notify(account)
      } catch (error) {
        waiting.add(account)
        logger.warn('live.not-sent', { error })
        // Pages of this node are notified without the database.
        if (account !== everyAccount) receive(account)
        return listener.destroy()
      }
    }
  }

  return {
    add: (topic: Topic): void => {
      if (waiting.has(everyAccount)) return
      if (waiting.size < longestQueue) {
        waiting.add(topic)
      } else {
        waiting.clear()
        waiting.add(everyAccount)
      }
    },
    flush: async (listener: ListeningConnection): Promise<void> => {
      flushing = flushing.then(() => sendAll(listener))
      return await flushing
    },
  }
}
