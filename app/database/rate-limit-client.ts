// Lets rate-limiter-flexible keep its counters in the table rate_limits, through Taskr's own connections.

import { CompiledQuery } from 'kysely'
import type { Db } from './tables.ts'

export const rateLimitTable = 'rate_limits'

/** The part of pg's Pool that rate-limiter-flexible calls. */
export type RateLimitClient = {
  readonly query: (query: {
    readonly text: string
    readonly values?: readonly unknown[]
  }) => Promise<{
    readonly rows: readonly unknown[]
    readonly rowCount: number
  }>
}

export function createRateLimitClient(db: Db): RateLimitClient {
  return {
    query: async ({ text, values = [] }) => {
      const { rows, numAffectedRows } = await db.executeQuery(CompiledQuery.raw(text, [...values]))
      return {
        rows,
        rowCount: numAffectedRows === undefined ? rows.length : Number(numAffectedRows),
      }
    },
  }
}

export async function deleteExpiredRateLimits(db: Db, now: number): Promise<void> {
  await db.deleteFrom(rateLimitTable).where('expire', '<', now).execute()
}
