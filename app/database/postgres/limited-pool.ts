// Stands between Kysely and pg's pool: every query has a time limit, a connection that was idle is tested before it is
// used, and a broken one is not reused.
import type { PostgresPool } from 'kysely'
import type { Pool } from 'pg'
import { takeWritable, type Hosts } from './hosts.ts'
import { LimitedClient, type PoolClient } from './limited-client.ts'
import { noNames, type StatementNames } from './statement-names.ts'
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
  /** False when a pooler such as PgBouncer answers in PostgreSQL's place. */
  readonly reachesServer: () => Promise<boolean>
}

interface Use {
  readonly generation: number
  /** Returns the milliseconds of a monotonic clock. */
  readonly at: number
}

export interface PoolRules {
  readonly hosts: Hosts
  readonly limits?: PoolLimits
  readonly names?: StatementNames
}

export function limitPool(pool: Pool, rules: PoolRules): LimitedPool {
  const { hosts, limits = poolLimits, names = noNames } = rules
  const lastUses = new WeakMap<PoolClient, Use>()
  const used = new WeakSet()
  let queryMs = limits.queryMs
  // Incremented when a connection turns out to be dead. Older connections are then dropped untested, because testing ten
  // of them in sequence would take too long.
  let generation = 0
  const health = {
    names,
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
      await withinMs(limits.testMs, 'the test of a connection', client.query({ text: 'select 1' }))
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
    reachesServer: async () => await answersItself(await takeClient(), limits.queryMs),
    liftQueryLimit: () => {
      queryMs = longestMs
      return () => {
        queryMs = limits.queryMs
      }
    },
  }
}

/** True when the process that answers is the one that greeted: a pooler greets with a number of its own. */
async function answersItself(client: PoolClient, withinTime: number): Promise<boolean> {
  try {
    const asked = client.query<{ readonly pid: number }>({ text: 'select pg_backend_pid() as pid' })
    const { rows } = await withinMs(withinTime, 'a query', asked)
    return 'processID' in client && client.processID === rows[0]?.pid
  } finally {
    client.release()
  }
}

const longestMs = 2 ** 31 - 1
