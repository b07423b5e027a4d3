// A lease: a worker's temporary right to a row of a queue. Every queue of Taskr claims, renews and settles with these
// conditions and values, so that the rules below hold for all of them (decision 22).
//
// - A row is claimed in one statement, which asks again, once it has the row's lock, whether the row may be claimed.
// - Each claim raises the row's lease number. Only the latest number may write, whatever the clocks say.
// - A worker that finds its lease lost writes nothing at all, not even to other tables.
// - A lease or a due time too far ahead was written by a clock that has been set back since: it does not count.
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Db } from '../database/tables.ts'

export interface LeaseTerms {
  /** How long a claim lasts. A worker that needs longer renews it. */
  readonly lastsMs: number
  /** The column that says when the row is due. */
  readonly dueColumn: string
  /** The longest that a due time lies ahead. */
  readonly longestWaitMs: number
}

export interface Lease {
  /** True for a row that no worker holds and whose due time has come. */
  readonly isClaimable: (at: number) => RawBuilder<SqlBool>
  /** True for a row that no worker holds. */
  readonly isFree: (at: number) => RawBuilder<SqlBool>
  /** The values that claim a row. */
  readonly claimed: (at: number) => {
    readonly leased_until: number
    readonly lease_number: RawBuilder<number>
  }
  /** The value that keeps a row for as long again, or for as long as given. */
  readonly renewed: (at: number, forMs?: number) => { readonly leased_until: number }
}

/** The value that ends a lease. */
export const released = { leased_until: 0 } as const

/** Two nodes' clocks may differ by this much; a larger difference is a clock that was set. */
const clocksDifferByMs = 5 * 60_000

export function createLease({ dueColumn, lastsMs, longestWaitMs }: LeaseTerms): Lease {
  const isFree = (at: number): RawBuilder<SqlBool> => isPast('leased_until', at, lastsMs)
  return {
    isFree,
    isClaimable: (at) => sql<SqlBool>`(${isFree(at)} and ${isPast(dueColumn, at, longestWaitMs)})`,
    claimed: (at) => ({
      leased_until: at + lastsMs,
      lease_number: sql<number>`lease_number + 1`,
    }),
    renewed: (at, forMs = lastsMs) => ({ leased_until: at + forMs }),
  }
}

function isPast(column: string, at: number, longestMs: number): RawBuilder<SqlBool> {
  const ahead = at + longestMs + clocksDifferByMs
  return sql<SqlBool>`(${sql.ref(column)} <= ${at} or ${sql.ref(column)} > ${ahead})`
}

class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}

/**
 * Runs the transaction that ends a piece of work. `write` returns whether the lease still held; when it did not, nothing
 * that it wrote stays. Returns the same.
 */
export async function settle(
  database: {
    readonly transaction: <Result>(work: (db: Db) => Promise<Result>) => Promise<Result>
  },
  write: (db: Db) => Promise<boolean>,
): Promise<boolean> {
  try {
    await database.transaction(async (db) => {
      if (!(await write(db))) throw new LeaseLostError('Another worker has taken the lease over.')
    })
    return true
  } catch (error) {
    if (error instanceof LeaseLostError) return false
    throw error
  }
}
