// A lease: a worker's temporary right to a row of a queue. Every queue of Taskr claims, renews and settles with these
// conditions and values, so that the rules below hold for all of them (decision 22).
//
// - One statement claims a row: it asks again, once it has the row's lock, whether the row may be claimed.
// - Each claim raises the row's lease number. Only the latest number may write, even when clocks disagree.
// - A worker that finds its lease lost writes nothing at all, not even to other tables.
// - A lease or a due time too far ahead was written by a clock that has been set back since: it does not count.
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Db } from '../database/tables.ts'

/** An instant in milliseconds: a number by this node's clock, or an expression that reads the database's clock. */
export type Instant = number | RawBuilder<number>

export interface LeaseTerms {
  /** How long a claim lasts. A worker that needs longer renews it. */
  readonly lastsMs: number
  /** The column that says when the row is due. */
  readonly dueColumn: string
  /** The longest that a due time lies ahead. */
  readonly longestWaitMs: number
  /** How much the clocks that write leases may differ; five minutes, or 0 for leases by the database's clock. */
  readonly clocksDifferByMs?: number
}

export interface Lease {
  /** True for a row that no worker holds and whose due time has come. */
  readonly isClaimable: (at: Instant) => RawBuilder<SqlBool>
  /** True for a row that no worker holds. */
  readonly isFree: (at: Instant) => RawBuilder<SqlBool>
  /** The same for a row that was read. */
  readonly isHeld: (row: { readonly leasedUntil: number }, at: number) => boolean
  /** The values that claim a row. */
  readonly claimed: <At extends Instant>(
    at: At,
  ) => {
    readonly leased_until: At | number | RawBuilder<number>
    readonly lease_number: RawBuilder<number>
  }
  /** The value that keeps a row for as long again, or for as long as given. */
  readonly renewed: (at: number, forMs?: number) => { readonly leased_until: number }
}

/** The value that ends a lease. */
export const released = { leased_until: 0 } as const

/** The due time of a row that waits for another row to be finished. No clock writes it, so it always counts. */
export const notYet = Number.MAX_SAFE_INTEGER

/** Two nodes' clocks may differ by this much; a larger difference is a clock that was set. */
const nodesDifferByMs = 5 * 60_000

export function createLease(terms: LeaseTerms): Lease {
  const { dueColumn, lastsMs, longestWaitMs, clocksDifferByMs = nodesDifferByMs } = terms
  const isFree = (at: Instant): RawBuilder<SqlBool> =>
    hasCome('leased_until', at, lastsMs, clocksDifferByMs)
  return {
    isFree,
    isClaimable: (at) =>
      sql<SqlBool>`(${isFree(at)} and ${hasCome(dueColumn, at, longestWaitMs, clocksDifferByMs)})`,
    isHeld: ({ leasedUntil }, at) =>
      leasedUntil > at && leasedUntil <= at + lastsMs + clocksDifferByMs,
    claimed: (at) => ({
      leased_until: later(at, lastsMs),
      lease_number: sql<number>`lease_number + 1`,
    }),
    renewed: (at, forMs = lastsMs) => ({ leased_until: at + forMs }),
  }
}

/** True when the instant in the column has come, or lies farther ahead than a clock that is right could have set it. */
export function hasCome(
  column: string,
  at: Instant,
  longestAheadMs: number,
  clocksDifferByMs: number = nodesDifferByMs,
): RawBuilder<SqlBool> {
  const instant = sql.ref<number>(column)
  const ahead = later(at, longestAheadMs + clocksDifferByMs)
  return sql<SqlBool>`(${instant} <= ${at} or (${instant} > ${ahead} and ${instant} < ${notYet}))`
}

/** Returns the instant that is so many milliseconds later. */
export function later(at: Instant, ms: number): Instant {
  return typeof at === 'number' ? at + ms : sql<number>`(${at} + cast(${ms} as bigint))`
}

/** Thrown where a worker finds that another worker has taken its lease over. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'

  constructor() {
    super('Another worker has taken the lease over.')
  }
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
      if (!(await write(db))) throw new LeaseLostError()
    })
    return true
  } catch (error) {
    if (error instanceof LeaseLostError) return false
    throw error
  }
}
