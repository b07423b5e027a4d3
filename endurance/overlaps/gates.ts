// Holds a transaction of one action at its beginning or its end, while another action runs as far as it can.
import { sql } from 'kysely'
import type { Database } from '../../app/database/open-database.ts'

export type Place = {
  /** Which of the action's transactions, from 1. */
  readonly transaction: number
  readonly at: 'begin' | 'end'
}

export type Gate = {
  readonly database: Database
  /** Resolves when the place is reached. */
  readonly reached: Promise<void>
  readonly open: () => void
  /** How many transactions were begun. */
  readonly transactions: () => number
}

export function createGate(database: Database, place?: Place): Gate {
  const reached = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  let transactions = 0
  const pass = async (number: number, at: Place['at']): Promise<void> => {
    if (number !== place?.transaction || at !== place.at) return
    reached.resolve()
    await opened.promise
  }
  return {
    database: {
      ...database,
      transaction: async (work) => {
        transactions += 1
        const number = transactions
        await pass(number, 'begin')
        return await database.transaction(async (db) => {
          const result = await work(db)
          await pass(number, 'end')
          return result
        })
      },
    },
    reached: reached.promise,
    open: opened.resolve,
    transactions: () => transactions,
  }
}

/** Resolves when a statement on this PostgreSQL database waits for another transaction. */
export async function untilBlocked({ db }: Database, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const { rows } = await sql<{ waiting: number }>`
      select count(*) as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
    if ((rows[0]?.waiting ?? 0) > 0) return
  }
}
