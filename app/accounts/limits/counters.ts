// Expiring counters: in memory for the single SQLite process, in the database for several PostgreSQL nodes.

import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Database } from '../../database/open-database.ts'
import { createRateLimitClient, rateLimitTable } from '../../database/open-database.ts'

export type Counter = {
  /** Adds one; `seconds` is the lifetime of a counter that starts now. */
  readonly add: (key: string, seconds?: number) => Promise<Count>
  readonly takeBack: (key: string) => Promise<void>
  readonly clear: (key: string) => Promise<void>
  /** True while the key has a count. */
  readonly has: (key: string) => Promise<boolean>
  /** Counts one and restarts the counter's lifetime. */
  readonly restart: (key: string) => Promise<void>
}

export type Count = { readonly count: number; readonly isOver: boolean; readonly msLeft: number }

export type Counters = {
  readonly count: (name: string, points: number, seconds: number) => Counter
}

export function createCounters(database: Database): Counters {
  return {
    count: (name, points, duration) => {
      const options = { keyPrefix: name, points, duration }
      return adaptLimiter(
        duration,
        database.engine === 'sqlite'
          ? new RateLimiterMemory(options)
          : new RateLimiterPostgres({
              ...options,
              storeClient: createRateLimitClient(database.db),
              storeType: 'pool',
              tableName: rateLimitTable,
              tableCreated: true,
              clearExpiredByTimeout: false,
            }),
      )
    },
  }
}

function adaptLimiter(duration: number, limiter: RateLimiterMemory | RateLimiterPostgres): Counter {
  return {
    add: async (key, seconds) => {
      const options = seconds === undefined ? {} : { customDuration: seconds }
      try {
        return readCount(await limiter.consume(key, 1, options), false)
      } catch (thrown) {
        // Over the limit, the library throws its result.
        if (thrown instanceof RateLimiterRes) return readCount(thrown, true)
        throw thrown
      }
    },
    takeBack: async (key) => {
      await limiter.reward(key, 1)
    },
    clear: async (key) => {
      await limiter.delete(key)
    },
    has: async (key) => ((await limiter.get(key))?.consumedPoints ?? 0) > 0,
    restart: async (key) => {
      await limiter.set(key, 1, duration)
    },
  }
}

function readCount({ consumedPoints, msBeforeNext }: RateLimiterRes, isOver: boolean): Count {
  return { count: consumedPoints, isOver, msLeft: msBeforeNext }
}
