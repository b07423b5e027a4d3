// The embedded engine: one file, one process, one connection, whose queries run one after the other.

import { closeSync, existsSync, mkdirSync, openSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  CompiledQuery,
  sql,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Driver,
  type QueryCompiler,
  type SelectModifierNode,
} from 'kysely'
import { DatabaseError } from '../database-error.ts'
import type { Engine } from '../engine.ts'
import { adaptNodeSqlite } from './node-sqlite-adapter.ts'
import { refuseWrites } from './guarded-connection.ts'
import { retryWhenBusy } from './retry-when-busy.ts'
import { describeSqliteError, isSqliteOutage } from './sqlite-errors.ts'
import { hasLockFile, lockDatabaseFile, lockPathOf, type FileLock } from './process-lock.ts'
import { applySqliteSettings } from './sqlite-settings.ts'
import { isIndexedWord } from '../indexed-words.ts'
import { storableValue } from '../storable-value.ts'

/** `isBeside`: the file exists, and a running Taskr may hold its lock (DatabaseOptions). */
export function openSqlite(
  path: string,
  { isBeside = false }: { readonly isBeside?: boolean } = {},
): Engine {
  const absolutePath = isBeside ? findFile(resolve(path)) : createFile(resolve(path))
  const describeError = (error: unknown): DatabaseError | undefined =>
    describeSqliteError(error, absolutePath)
  const lock = isBeside ? noLock : described(describeError, () => lockDatabaseFile(absolutePath))
  try {
    const file = described(describeError, () => openFile(absolutePath))
    const inode = inodeOf(absolutePath)
    const isInPlace = (): boolean => inodeOf(absolutePath) === inode
    const problem = (): DatabaseError | undefined =>
      isInPlace() ? undefined : lostFile(absolutePath)
    return {
      name: 'sqlite',
      dialect: new ImmediateSqliteDialect({ database: adaptNodeSqlite(file) }, problem),
      describeError,
      isOutage: isSqliteOutage,
      isRepeatable: () => false,
      // Transactions already run one at a time.
      lockForMigration: async () => {},
      hasTable: async (db, table) => {
        const found = await sql`select 1 from sqlite_master where name = ${table}`.execute(db)
        return found.rows.length > 0
      },
      check: async () => {},
      isInPlace,
      // While another program reads the file, the next call does it.
      truncateLog: async (db) => {
        await sql`pragma wal_checkpoint(truncate)`.execute(db)
      },
      migrated: () => {},
      afterClose: async () => {
        if (file.isOpen) file.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

const noLock: FileLock = { release: () => {} }

function findFile(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  throw new DatabaseError('missing-file', `${path} is missing.`)
}

// The file holds password hashes and sealed tokens: only its owner may read it.
function createFile(path: string): string {
  refuseToStartAnew(path)
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    closeSync(openSync(path, 'a+', 0o600))
    return realpathSync(path)
  } catch (cause) {
    throw new DatabaseError('unwritable', `${path} cannot be written.`, { cause })
  }
}

/** A lock file outlives its database, so it tells a lost database from a first start. */
function refuseToStartAnew(path: string): void {
  const isEmpty = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0
  if (!isEmpty || !hasLockFile(path)) return
  throw new DatabaseError(
    'missing-file',
    `${path} is missing or empty, but there was a database. Restore it, or delete ${lockPathOf(path)} to start with an empty one.`,
  )
}

function lostFile(path: string): DatabaseError {
  return new DatabaseError(
    'missing-file',
    `${path} was deleted or replaced while Taskr runs, so nothing can be stored. Restore it and restart Taskr.`,
  )
}

/** Detects a file that was deleted or replaced: it still takes writes, which are lost. */
function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino
}

// Reading a larger file from end to end would delay the start.
const checkedUpToBytes = 64 * 1024 * 1024

/** At the start no other work waits. */
const openTimeoutMs = 5_000

function openFile(path: string): DatabaseSync {
  const file = new DatabaseSync(path, { defensive: true, timeout: openTimeoutMs })
  try {
    applySqliteSettings(file)
    if (statSync(path).size <= checkedUpToBytes) checkPages(file, path)
    return file
  } catch (error) {
    file.close()
    throw error
  }
}

function checkPages(file: DatabaseSync, path: string): void {
  const [finding] = Object.values(file.prepare('pragma quick_check(1)').get() ?? {})
  if (finding !== 'ok') {
    throw new DatabaseError(
      'broken-file',
      `${path} is damaged. Restore it from a backup; nothing was changed.`,
    )
  }
}

function described<Result>(
  describeError: (error: unknown) => DatabaseError | undefined,
  work: () => Result,
): Result {
  try {
    return work()
  } catch (error) {
    throw describeError(error) ?? error
  }
}

type FindProblem = () => DatabaseError | undefined

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig
  readonly #problem: FindProblem

  constructor(config: SqliteDialectConfig, problem: FindProblem) {
    super(config)
    this.#config = config
    this.#problem = problem
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#config, this.#problem)
  }

  override createQueryCompiler(): QueryCompiler {
    return new StorableSqliteCompiler()
  }
}

class StorableSqliteCompiler extends SqliteQueryCompiler {
  // A transaction that writes locks the whole file, so there are no rows to lock.
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier === 'Distinct') super.visitSelectModifier(node)
  }

  protected override appendValue(value: unknown): void {
    if (isIndexedWord(value)) this.appendImmediateValue(value)
    else super.appendValue(value)
  }

  protected override addParameter(parameter: unknown): void {
    super.addParameter(storableValue(parameter))
  }
}

// A transaction that begins with a read and then writes could otherwise fail half-way with "busy".
class ImmediateSqliteDriver extends SqliteDriver {
  readonly #problem: FindProblem

  constructor(config: SqliteDialectConfig, problem: FindProblem) {
    super(config)
    this.#problem = problem
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return refuseWrites(retryWhenBusy(await super.acquireConnection()), this.#problem)
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  // SQLite has already rolled back after a full disk or a failed read, and refuses to do so again. That refusal would
  // hide the reason.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch((error: unknown) => {
      if (!(error instanceof Error && /no transaction is active/.test(error.message))) throw error
    })
  }
}
