// The embedded engine: one file, one process, one connection, whose queries run one after the other.

import { closeSync, mkdirSync, openSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  CompiledQuery,
  sql,
  SqliteDialect,
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
import { waitWhenBusy } from './patient-connection.ts'
import { describeSqliteError } from './sqlite-errors.ts'
import { lockDatabaseFile } from './process-lock.ts'
import { applySqliteSettings } from './sqlite-settings.ts'
import { storableValue } from '../storable-value.ts'

export function openSqlite(path: string): Engine {
  const absolutePath = createFile(resolve(path))
  const describeError = (error: unknown): DatabaseError | undefined =>
    describeSqliteError(error, absolutePath)
  const lock = described(describeError, () => lockDatabaseFile(absolutePath))
  try {
    const file = described(describeError, () => openFile(absolutePath))
    const inode = inodeOf(absolutePath)
    return {
      name: 'sqlite',
      dialect: new ImmediateSqliteDialect({ database: adaptNodeSqlite(file) }),
      describeError,
      isRepeatable: () => false,
      // Transactions already run one at a time.
      lockForMigration: async () => {},
      hasTable: async (db, table) => {
        const found = await sql`select 1 from sqlite_master where name = ${table}`.execute(db)
        return found.rows.length > 0
      },
      check: async () => {},
      isInPlace: () => inodeOf(absolutePath) === inode,
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

// The file holds password hashes and sealed tokens: only its owner may read it.
function createFile(path: string): string {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    closeSync(openSync(path, 'a+', 0o600))
    return realpathSync(path)
  } catch (cause) {
    throw new DatabaseError('unwritable', `${path} cannot be written.`, { cause })
  }
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

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: ConstructorParameters<typeof SqliteDialect>[0]

  constructor(config: ConstructorParameters<typeof SqliteDialect>[0]) {
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#config)
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

  protected override addParameter(parameter: unknown): void {
    super.addParameter(storableValue(parameter))
  }
}

// A transaction that begins with a read and then writes could otherwise fail half-way with "busy".
class ImmediateSqliteDriver extends SqliteDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    return waitWhenBusy(await super.acquireConnection())
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}
