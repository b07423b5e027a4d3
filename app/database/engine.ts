// The interface that hides all differences between SQLite and PostgreSQL from code outside this folder.

import type { Dialect } from 'kysely'
import type { DatabaseError } from './database-error.ts'
import type { Db } from './tables.ts'

export type Engine = {
  readonly name: 'sqlite' | 'postgres'
  readonly dialect: Dialect
  /** Returns the error in words for a person, if a person can act upon it. */
  readonly describeError: (error: unknown) => DatabaseError | undefined
  /** True when the error says that the database is out of order, rather than that a query is wrong. */
  readonly isOutage: (error: unknown) => boolean
  /** True when a transaction that failed like this may be run again from its beginning. */
  readonly isRepeatable: (error: unknown) => boolean
  /** Waits until no other node migrates, and keeps others waiting until the transaction ends. */
  readonly lockForMigration: (db: Db) => Promise<void>
  readonly hasTable: (db: Db, table: string) => Promise<boolean>
  /** Throws when the server may lose acknowledged data. */
  readonly check: (db: Db) => Promise<void>
  /** False when the open database is no longer the one at its address. */
  readonly isInPlace: () => boolean
  /** Empties the write-ahead log, in which deleted rows stay readable until it is overwritten. */
  readonly truncateLog: (db: Db) => Promise<void>
  /** Called once the tables are up to date: from then on no query takes longer than a request may. */
  readonly migrated: () => void
  /** Closes resources that Kysely did not close because it never used them. */
  readonly afterClose: () => Promise<void>
}
