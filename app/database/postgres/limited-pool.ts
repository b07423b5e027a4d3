// Stands between Kysely and pg's pool: every query has a time limit, a connection that was idle is tested before it is
// used, and a broken one is not reused.
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type { Pool } from 'pg'
import { readOnlyServer, takeWritable, type Hosts } from './hosts.ts'
import { withinMs } from './time-limit.ts'

export interface PoolLimits {
  /** Longer than `statement_timeout`, so that the server's own error comes first. */
  readonly queryMs: number
  /** The time limit for testing an idle connection. */
  readonly testMs: number
  /** A connection that was idle for longer than this is tested. */
  readonly testAfterIdleMs: number
  readonly endMs: number
}

export const poolLimits: PoolLimits = {
  queryMs: 9_000,
  testMs: 1_500,
  testAfterIdleMs: 1_000,
  endMs: 3_000,
}

export interface LimitedPool extends PostgresPool {
  /** Lifts the time limit of queries, as migrations need, until the returned function is called. */
  readonly liftQueryLimit: () => () => void
}

/** The part of pg's PoolClient that is used here. */
interface PoolClient {
  query(
    sql: string,
    values?: unknown[],
  ): Promise<{ readonly command: string; readonly rowCount: number | null; readonly rows: never[] }>
  release(destroy?: boolean): void
}

interface Use {
  readonly generation: number
  /** Returns the milliseconds of a monotonic clock. */
  readonly at: number
}

export function limitPool(pool: Pool, hosts: Hosts, limits: PoolLimits = poolLimits): LimitedPool {
  const lastUses = new WeakMap<PoolClient, Use>()
  const used = new WeakSet()
  let queryMs = limits.queryMs
  // Incremented when a connection turns out to be dead. Older connections are then dropped untested, because testing ten
  // of them in sequence would take too long.
  let generation = 0
  const health = {
    queryMs: () => queryMs,
    suspect: () => {
      generation += 1
    },
    release: (client: PoolClient, isBroken: boolean) => {
      used.add(client)
      lastUses.set(client, { generation, at: performance.now() })
      client.release(isBroken)
    },
  }

  async function isAlive(client: PoolClient): Promise<boolean> {
    const use = lastUses.get(client)
    if (use === undefined) return true
    if (use.generation !== generation) return false
    if (performance.now() - use.at < limits.testAfterIdleMs) return true
    try {
      await withinMs(limits.testMs, 'the test of a connection', client.query('select 1'))
      return true
    } catch {
      health.suspect()
      return false
    }
  }

  async function takeClient(): Promise<PoolClient> {
    for (;;) {
      const client: PoolClient = await takeWritable(pool, hosts, (one) => !used.has(one))
      if (await isAlive(client)) return client
      client.release(true)
    }
  }

  return {
    options: pool.options,
    connect: async () => new LimitedClient(await takeClient(), takeClient, health),
    end: async () => {
      await withinMs(limits.endMs, 'closing the pool', pool.end()).catch(() => {})
    },
    liftQueryLimit: () => {
      queryMs = longestMs
      return () => {
        queryMs = limits.queryMs
      }
    },
  }
}

const longestMs = 2 ** 31 - 1

interface Health {
  readonly queryMs: () => number
  readonly suspect: () => void
  readonly release: (client: PoolClient, isBroken: boolean) => void
}

/** One use of a connection: taken from the pool, used for one or several queries, and given back. */
class LimitedClient implements PostgresPoolClient {
  #client: PoolClient
  readonly #takeClient: () => Promise<PoolClient>
  readonly #health: Health
  #isFirst = true
  #isTaken = true
  #broken: Error | undefined

  constructor(client: PoolClient, takeClient: () => Promise<PoolClient>, health: Health) {
    this.#client = client
    this.#takeClient = takeClient
    this.#health = health
  }

  query<Row>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  query(cursor: never): never
  async query<Row>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<Row>> {
    if (this.#broken !== undefined) throw this.#broken
    const mayRepeat = this.#isFirst && isRepeatable(sql)
    this.#isFirst = false
    try {
      return await this.#run(sql, parameters)
    } catch (error) {
      if (!isConnectionLost(error)) throw error
      this.#health.suspect()
      this.#broken = error
      if (!mayRepeat) throw error
      this.#giveBack(true)
      this.#client = await this.#takeClient()
      this.#isTaken = true
      this.#broken = undefined
      return await this.#run(sql, parameters)
    }
  }

  release(destroy = false): void {
    this.#giveBack(destroy || this.#broken !== undefined)
  }

  /** Does nothing after a repetition that found no new connection: the old one is given back already. */
  #giveBack(isBroken: boolean): void {
    if (this.#isTaken) this.#health.release(this.#client, isBroken)
    this.#isTaken = false
  }

  async #run<Row>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>> {
    const running = this.#client.query(sql, [...parameters])
    const { command, rowCount, rows } = await withinMs(this.#health.queryMs(), 'a query', running)
    return {
      // Kysely only compares the command with these.
      command: commands.find((known) => known === command) ?? 'SELECT',
      rowCount: rowCount ?? 0,
      rows,
    }
  }
}

const commands = ['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COMMIT', 'ROLLBACK'] as const

/** True for a statement that changes nothing by itself: the first one of a transaction, or a read. */
function isRepeatable(sql: string): boolean {
  return (
    /^\s*(begin|start transaction|select)\b/i.test(sql) && !/\bfor (no key )?update\b/i.test(sql)
  )
}

const lostCodes = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  readOnlyServer,
])

function isConnectionLost(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : undefined
  return (
    (typeof code === 'string' && lostCodes.has(code)) ||
    /connection terminated|client has encountered a connection error|not queryable/i.test(
      error.message,
    )
  )
}
