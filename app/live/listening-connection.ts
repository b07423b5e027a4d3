// One connection that listens and notifies. Each of its waits has a limit, and it can be ended at any time.
import { Socket } from 'node:net'
import { Client } from 'pg'

export interface ListeningConnection {
  /** Names the server and its timeline, which a failover changes; undefined where PostgreSQL does not say. */
  readonly server: string | undefined
  readonly notify: (payload: string) => Promise<void>
  /** True when PostgreSQL answers within the limit. */
  readonly answers: () => Promise<boolean>
  readonly ended: Promise<void>
  readonly hasEnded: () => boolean
  /** Ends the connection at once, without a goodbye that a silent network would never deliver. */
  readonly destroy: () => void
}

const channel = 'taskr_changed'
const answerWithinMs = 2_000

export async function openListeningConnection(
  url: string,
  handlers: {
    readonly heard: (payload: string) => void
    readonly failed: (error: Error) => void
  },
): Promise<ListeningConnection> {
  const socket = new Socket()
  const client = new Client({
    connectionString: url,
    stream: () => socket,
    keepAlive: true,
    connectionTimeoutMillis: answerWithinMs,
    query_timeout: answerWithinMs,
  })
  let hasEnded = false
  let server: string | undefined
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  const end = (): void => {
    hasEnded = true
    resolve()
  }
  client.on('notification', ({ payload }) => handlers.heard(payload ?? ''))
  client.on('error', handlers.failed)
  client.on('end', end)
  const destroy = (): void => {
    socket.destroy()
    end()
  }
  try {
    await client.connect()
    await client.query(`listen ${channel}`)
    server = await nameServer(client)
  } catch (error) {
    destroy()
    throw error
  }
  let last = Promise.resolve()
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }
  return {
    server,
    notify: (payload) =>
      inTurn(async () => {
        await client.query('select pg_notify($1, $2)', [channel, payload])
      }),
    answers: () =>
      inTurn(async () => {
        await client.query('select 1')
      }).then(
        () => true,
        () => false,
      ),
    ended,
    hasEnded: () => hasEnded,
    destroy,
  }
}

/** A promoted replica begins a new timeline, which is in the name of its log files. */
async function nameServer(client: Client): Promise<string | undefined> {
  try {
    const { rows } = await client.query<{ readonly name: string }>(
      `select system_identifier || ' ' || left(pg_walfile_name(pg_current_wal_lsn()), 8) as name
       from pg_control_system()`,
    )
    return rows[0]?.name
  } catch {
    return undefined
  }
}
