// Reports each statement as it reaches the database, for traces. Without an observer the dialect stays as it is.
import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  QueryResult,
  TransactionSettings,
} from 'kysely'
import { statementWithoutValues, type ObservedStatement } from './statement-without-values.ts'

/** Is called when a statement begins, and returns what is called when it has ended. */
export type ObserveStatement = (statement: ObservedStatement) => (hasFailed: boolean) => void

export function observeDialect(inner: Dialect, observe: ObserveStatement | undefined): Dialect {
  if (observe === undefined) return inner
  return {
    createDriver: () => new ObservedDriver(inner.createDriver(), observe),
    createQueryCompiler: () => inner.createQueryCompiler(),
    createAdapter: () => inner.createAdapter(),
    createIntrospector: (db) => inner.createIntrospector(db),
  }
}

class ObservedDriver implements Driver {
  readonly #inner: Driver
  readonly #observe: ObserveStatement
  readonly #inners = new WeakMap<DatabaseConnection, DatabaseConnection>()

  constructor(inner: Driver, observe: ObserveStatement) {
    this.#inner = inner
    this.#observe = observe
  }

  init = (): Promise<void> => this.#inner.init()

  async acquireConnection(): Promise<DatabaseConnection> {
    const inner = await this.#inner.acquireConnection()
    const connection = new ObservedConnection(inner, this.#observe)
    this.#inners.set(connection, inner)
    return connection
  }

  async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    await observed(this.#observe, 'begin', () =>
      this.#inner.beginTransaction(this.#innerOf(connection), settings),
    )
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await observed(this.#observe, 'commit', () =>
      this.#inner.commitTransaction(this.#innerOf(connection)),
    )
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await observed(this.#observe, 'rollback', () =>
      this.#inner.rollbackTransaction(this.#innerOf(connection)),
    )
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#inner.releaseConnection(this.#innerOf(connection))
  }

  destroy = (): Promise<void> => this.#inner.destroy()

  #innerOf(connection: DatabaseConnection): DatabaseConnection {
    const inner = this.#inners.get(connection)
    if (inner === undefined) throw new TypeError('The connection is of another database.')
    return inner
  }
}

class ObservedConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection
  readonly #observe: ObserveStatement

  constructor(inner: DatabaseConnection, observe: ObserveStatement) {
    this.#inner = inner
    this.#observe = observe
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return await observed(this.#observe, query.sql, () => this.#inner.executeQuery<Row>(query))
  }

  streamQuery<Row>(query: CompiledQuery, size: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.#inner.streamQuery<Row>(query, size)
  }
}

async function observed<Result>(
  observe: ObserveStatement,
  sql: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const end = observe(statementWithoutValues(sql))
  try {
    const result = await work()
    end(false)
    return result
  } catch (error) {
    end(true)
    throw error
  }
}
