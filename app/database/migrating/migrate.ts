// Migrates the tables: files in order, forward only, one transaction each, one node at a time. A file that has run must
// not change, and a database that is newer than the program is left alone.

import { CompiledQuery } from 'kysely'
import type { Clock } from '../../support/clock.ts'
import { DatabaseError } from '../database-error.ts'
import type { Engine } from '../engine.ts'
import type { Migration } from './migration-files.ts'
import type { Db } from '../tables.ts'
import type { RunTransaction } from '../transactions.ts'

export type MigrateOptions = {
  readonly engine: Engine
  readonly db: Db
  readonly transaction: RunTransaction
  readonly migrations: readonly Migration[]
  readonly clock: Clock
}

/** Returns the names of the files that ran now. */
export async function migrate(options: MigrateOptions): Promise<readonly string[]> {
  const { engine, db, transaction, migrations } = options
  const ran: string[] = []
  // Reading first needs no lock, and no right to change tables where there is nothing to do.
  while ((await findNext(engine, db, migrations)) !== undefined) {
    const name = await transaction(async (db) => {
      await engine.lockForMigration(db)
      // Another node may have run it while this one waited.
      const next = await findNext(engine, db, migrations)
      if (next !== undefined) await runMigration(options, db, next)
      return next?.name
    })
    if (name !== undefined) ran.push(name)
  }
  return ran
}

/** Throws a DatabaseError when a file has not run yet. Returns no names, since it runs none. */
export async function refuseOldTables(options: MigrateOptions): Promise<readonly string[]> {
  const { db, engine, migrations } = options
  const next = await findNext(engine, db, migrations)
  if (next === undefined) return []
  throw new DatabaseError(
    'older-schema',
    `The database is older than this Taskr (it lacks ${next.name}). Start Taskr, or run: npm run taskr -- migrate`,
  )
}

async function findNext(
  engine: Engine,
  db: Db,
  migrations: readonly Migration[],
): Promise<Migration | undefined> {
  if (!(await engine.hasTable(db, 'migrations'))) return migrations[0]
  const applied = await db.selectFrom('migrations').selectAll().orderBy('number').execute()
  for (const { number, name, checksum } of applied) {
    const migration = migrations[number - 1]
    if (migration === undefined) {
      throw new DatabaseError(
        'newer-schema',
        `The database was made by a newer Taskr (it has ${name}). Update Taskr; nothing was changed.`,
      )
    }
    if (migration.checksum !== checksum) {
      throw new DatabaseError(
        'changed-migration',
        `${migration.name} was changed after it ran. Restore it and put the change into a new file.`,
      )
    }
  }
  return migrations[applied.length]
}

async function runMigration(
  { engine, clock }: MigrateOptions,
  db: Db,
  { number, name, checksum, statements }: Migration,
): Promise<void> {
  if (!(await engine.hasTable(db, 'migrations'))) await createMigrationsTable(db)
  try {
    for (const { sql, only } of statements) {
      if (only === undefined || only === engine.name) await db.executeQuery(CompiledQuery.raw(sql))
    }
  } catch (cause) {
    throw new DatabaseError('failed-migration', `${name} failed, and was undone.`, { cause })
  }
  const appliedAt = clock.now()
  await db
    .insertInto('migrations')
    .values({ number, name, checksum, applied_at: appliedAt })
    .execute()
}

async function createMigrationsTable(db: Db): Promise<void> {
  await db.schema
    .createTable('migrations')
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('checksum', 'text', (column) => column.notNull())
    .addColumn('applied_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('migrations_pk', ['number'])
    .execute()
}
