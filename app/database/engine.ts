// Everything in which SQLite and PostgreSQL differ, behind one type. Nothing outside this folder sees it.

import type { Dialect } from 'kysely'
import type { DatabaseError } from './database-error.ts'
import type { Db } from './tables.ts'

export type Engine = {
  readonly name: 'sqlite' | 'postgres'
  readonly dialect: Dialect
  /** The engine's error in words for a person, if it is one that a person can act upon. */
  readonly describeError: (error: unknown) => DatabaseError | undefined
  /** Whether a transaction that failed like this may be run again from its beginning. */
  readonly isRepeatable: (error: unknown) => boolean
  /** Waits until no other node migrates; held until the transaction ends. */
  readonly lockForMigration: (db: Db) => Promise<void>
  readonly hasTable: (db: Db, table: string) => Promise<boolean>
  /** Throws when the server does not keep what it has acknowledged. */
  readonly check: (db: Db) => Promise<void>
  /** False when the database that is open is no longer the one that its address names. */
  readonly isInPlace: () => boolean
  /** Called once the tables are up to date: from then on no query takes longer than a request may. */
  readonly migrated: () => void
  /** Lets go of everything that Kysely did not close, because it never came to use it. */
  readonly afterClose: () => Promise<void>
}
