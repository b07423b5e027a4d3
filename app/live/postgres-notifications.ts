// Carries changes between nodes by PostgreSQL's LISTEN and NOTIFY, on a connection of its own. When that breaks it is
// made again, and everybody is told to look, since nobody knows what was missed.
import { Client } from 'pg'
import type { Clock } from '../support/clock.ts'
import { asAccountId, type AccountId } from '../support/ids.ts'
import type { Logger } from '../support/logger.ts'
import type { OpenNotifications } from './live.ts'

const channel = 'taskr_changed'
const pauseMs = 1_000

export function postgresNotifications(options: {
  readonly url: string
  readonly clock: Clock
  readonly logger: Logger
  /** The connection was lost and made again. */
  readonly cameBack?: () => void
}): OpenNotifications {
  const { url, clock, logger, cameBack } = options
  return async (receive) => {
    const stopping = new AbortController()
    let client = await connect()
    let reconnecting = Promise.resolve()

    async function connect(): Promise<Client> {
      const next = new Client({ connectionString: url, keepAlive: true })
      next.on('notification', ({ payload }) => receive(asAccountId(payload ?? '')))
      next.on('error', (error) => logger.warn('live.connection-lost', { error }))
      try {
        await next.connect()
        await next.query(`listen ${channel}`)
      } catch (error) {
        await next.end().catch(() => {})
        throw error
      }
      // Only of one that stood: one that never came to be ends, too, and whoever tries tries again anyway.
      next.once('end', () => {
        if (!stopping.signal.aborted) reconnecting = reconnect()
      })
      return next
    }
    async function reconnect(): Promise<void> {
      while (!stopping.signal.aborted) {
        try {
          await clock.wait(pauseMs, stopping.signal)
          client = await connect()
          receive('all')
          return cameBack?.()
        } catch (error) {
          if (!stopping.signal.aborted) logger.warn('live.connection-refused', { error })
        }
      }
    }

    // One at a time; whoever is waiting to be told is told once.
    const waiting = new Set<AccountId>()
    let sending = Promise.resolve()
    async function sendWaiting(): Promise<void> {
      for (const accountId of waiting) {
        waiting.delete(accountId)
        try {
          await client.query('select pg_notify($1, $2)', [channel, accountId])
        } catch (error) {
          logger.warn('live.not-sent', { error })
        }
      }
    }

    return {
      send: (accountId) => {
        waiting.add(accountId)
        sending = sending.then(sendWaiting)
      },
      close: async () => {
        stopping.abort()
        await reconnecting
        await sending
        await client.end()
      },
    }
  }
}
