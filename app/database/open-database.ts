// Opens the database that DATABASE_URL names, safe to write to and with its tables up to date, or reports why it cannot.

import { Kysely } from 'kysely'
import type { Clock } from '../support/clock.ts'
import { DatabaseError, type DatabaseErrorCode } from './database-error.ts'
import type { Logger } from '../support/logger.ts'
import { readDatabaseUrl } from './database-url.ts'
import type { Engine } from './engine.ts'
import { migrate, refuseOldTables } from './migrating/migrate.ts'
import { readMigrations, type Migration } from './migrating/migration-files.ts'
import { observeDialect, type ObserveStatement } from './observed-dialect.ts'
import { openPostgres } from './postgres/postgres-engine.ts'
import { createRaising, type RaisedRevision } from './revisions/raising-dialect.ts'
import { createReadiness } from './readiness.ts'
import { openSqlite } from './sqlite/sqlite-engine.ts'
import type { Db, Tables } from './tables.ts'
import {
  createTransactionContext,
  createTransactionGuard,
  createTransactions,
  type RunTransaction,
} from './transactions.ts'

export { createHosts, onAnyHost } from './postgres/hosts.ts'
export { chunksByOwner, chunksOf, filledChunksOf } from './chunks.ts'
export {
  purgeDeletedWords,
  rowsWithWords,
  type SearchedWord,
  type WordClause,
  type WordSearch,
} from './matching-words.ts'
export { fixedQuery, type SlotsOf } from './fixed-query.ts'
export { repeatedQuery } from './repeated-query.ts'
export { DatabaseError } from './database-error.ts'
export type { RaisedRevision } from './revisions/raising-dialect.ts'

export {
  createRateLimitClient,
  deleteExpiredRateLimits,
  rateLimitTable,
  type RateLimitClient,
} from './rate-limit-client.ts'

export type Database = {
  readonly engine: 'sqlite' | 'postgres'
  readonly db: Db
  /** Commits all or nothing. `work` may run again when PostgreSQL asks for it, so it must have no other effects. */
  readonly transaction: RunTransaction
  /** Calls back with the revisions that each commit has raised, except those that no open page needs to hear of. */
  readonly whenRaised: (listener: (raised: readonly RaisedRevision[]) => void) => void
  /** True when a write reaches the disk now. */
  readonly isReady: () => Promise<boolean>
  /** True for an error, or a cause of it, that says that the database is out of order. */
  readonly isOutage: (error: unknown) => boolean
  /**
   * Empties SQLite's write-ahead log, in which deleted rows stay readable. Called after an erasure, outside a transaction.
   * A failure is only logged: the rows are deleted.
   */
  readonly truncateLog: () => Promise<void>
  readonly close: () => Promise<void>
}

export type DatabaseOptions = {
  readonly url: string
  readonly clock: Clock
  readonly logger: Logger
  /** The most connections to PostgreSQL; 10 by default. */
  readonly connections?: number
  /** Whether PostgreSQL keeps the plans of statements that run often; by default unless a pooler is found. */
  readonly namedStatements?: 'yes' | 'no' | 'unless-pooled'
  /**
   * True for a short command: it may work on a SQLite file that a running Taskr serves, and neither makes a database nor
   * changes its tables.
   */
  readonly isBeside?: boolean
  /** Is told of each statement, for traces. */
  readonly observe?: ObserveStatement | undefined
  /** Default: the files of this version. */
  readonly migrations?: readonly Migration[]
  /** For test servers, which trade durability for speed. */
  readonly unsafelySkipDurabilityCheck?: boolean
}

/** Throws a DatabaseError, one line for a person, when the database cannot be used. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { clock, logger } = options
  const engine = openEngine(options)
  const context = createTransactionContext()
  const raising = createRaising(observeDialect(engine.dialect, options.observe), {
    engine: engine.name,
    now: () => clock.now(),
  })
  const unguarded = new Kysely<Tables>({ dialect: raising.dialect })
  const transaction = createTransactions(unguarded, context, clock, engine.isRepeatable)
  const db = unguarded.withPlugin(createTransactionGuard(context))
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= closeDatabase(db, engine))
  try {
    await engine.check(db)
    const migrations = options.migrations ?? readMigrations()
    const migrating = { engine, db, transaction, migrations, clock }
    const ran =
      options.isBeside === true ? await refuseOldTables(migrating) : await migrate(migrating)
    if (ran.length > 0) logger.info('database.migrated', { files: ran })
    engine.migrated()
    raising.begin()
  } catch (error) {
    await close()
    throw engine.describeError(error) ?? error
  }
  const isReady = createReadiness(db, { clock, logger, isInPlace: engine.isInPlace })
  const isOutage = (error: unknown): boolean =>
    error instanceof DatabaseError
      ? outages.has(error.code)
      : engine.isOutage(error) || (error instanceof Error && isOutageCause(error.cause))
  const isOutageCause = (cause: unknown): boolean => cause !== undefined && isOutage(cause)
  const truncateLog = async (): Promise<void> => {
    try {
      await engine.truncateLog(db)
    } catch (error) {
      logger.warn('database.log-not-truncated', { error })
    }
  }
  const { whenRaised } = raising
  return {
    engine: engine.name,
    db,
    transaction,
    whenRaised,
    isReady,
    isOutage,
    truncateLog,
    close,
  }
}

const outages: ReadonlySet<DatabaseErrorCode> = new Set([
  'unwritable',
  'missing-file',
  'in-use',
  'broken-file',
  'unreachable',
  'refused',
])

async function closeDatabase(db: Db, engine: Engine): Promise<void> {
  try {
    await db.destroy()
  } finally {
    await engine.afterClose()
  }
}

function openEngine(options: DatabaseOptions): Engine {
  const { isBeside = false } = options
  const address = readDatabaseUrl(options.url)
  if (address.engine === 'sqlite') return openSqlite(address.path, { isBeside })
  return openPostgres({
    url: address.url,
    place: address.place,
    logger: options.logger,
    connections: options.connections ?? 10,
    namedStatements: options.namedStatements ?? 'unless-pooled',
    unsafelySkipDurabilityCheck: options.unsafelySkipDurabilityCheck ?? false,
  })
}
