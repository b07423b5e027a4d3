// Transactions that cannot be misused: inside one, only the Db that it provides may be used. Using another would wait
// for itself on SQLite, and silently escape the transaction on PostgreSQL.

import { AsyncLocalStorage } from 'node:async_hooks'
import type { KyselyPlugin } from 'kysely'
import type { Clock } from '../support/clock.ts'
import { DatabaseError } from './database-error.ts'
import type { Db } from './tables.ts'

export type RunTransaction = <Result>(work: (db: Db) => Promise<Result>) => Promise<Result>

type Inside = { isOpen: boolean }
export type TransactionContext = AsyncLocalStorage<Inside>

export function createTransactionContext(): TransactionContext {
  return new AsyncLocalStorage<Inside>()
}

export function createTransactions(
  db: Db,
  context: TransactionContext,
  clock: Clock,
  isRepeatable: (error: unknown) => boolean,
): RunTransaction {
  function attempt<Result>(work: (db: Db) => Promise<Result>): Promise<Result> {
    const inside: Inside = { isOpen: true }
    return db
      .transaction()
      .execute((transaction) => context.run(inside, () => work(transaction)))
      .finally(() => {
        inside.isOpen = false
      })
  }

  return async (work) => {
    refuseInside(context)
    for (let retries = 0; ; retries++) {
      try {
        return await attempt(work)
      } catch (error) {
        if (retries === 3 || !isRepeatable(error)) throw error
        await clock.wait(10 * 2 ** retries)
      }
    }
  }
}

/** Wraps the shared Db so that it refuses queries from inside a transaction. */
export function createTransactionGuard(context: TransactionContext): KyselyPlugin {
  return {
    transformQuery: ({ node }) => {
      refuseInside(context)
      return node
    },
    transformResult: async ({ result }) => result,
  }
}

function refuseInside(context: TransactionContext): void {
  if (context.getStore()?.isOpen === true) {
    throw new DatabaseError(
      'misused-transaction',
      'Inside a transaction, only the Db that it hands over may be used.',
    )
  }
}
