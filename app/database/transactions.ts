// Transactions that cannot be misused: inside one, only the Db that it hands over may be used.
// The other way would wait for itself on SQLite, and silently escape the transaction on PostgreSQL.

import { AsyncLocalStorage } from 'node:async_hooks'
import type { Dialect, Driver } from 'kysely'
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

/** The same dialect, whose driver gives nobody a second connection from inside a transaction. */
export function guardDialect(dialect: Dialect, context: TransactionContext): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => guardDriver(dialect.createDriver(), context),
  }
}

function guardDriver(driver: Driver, context: TransactionContext): Driver {
  return new Proxy(driver, {
    get: (target, property) => {
      const member: unknown = Reflect.get(target, property, target)
      if (typeof member !== 'function') return member
      return (...parameters: readonly unknown[]): unknown => {
        if (property === 'acquireConnection') refuseInside(context)
        return Reflect.apply(member, target, parameters)
      }
    },
  })
}

function refuseInside(context: TransactionContext): void {
  if (context.getStore()?.isOpen === true) {
    throw new DatabaseError(
      'misused-transaction',
      'Inside a transaction, only the Db that it hands over may be used.',
    )
  }
}
