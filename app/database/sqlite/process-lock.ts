// One process per SQLite file (RL-21). The lock is an exclusive transaction on a second, empty file. The operating
// system releases it when the process ends, even by kill -9, so it cannot go stale.

import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { DatabaseError } from '../database-error.ts'
import { isSqliteBusy } from './sqlite-errors.ts'

export type FileLock = { readonly release: () => void }

export function lockDatabaseFile(path: string): FileLock {
  const lockPath = lockPathOf(path)
  closeSync(openSync(lockPath, 'a', 0o600))
  chmodSync(lockPath, 0o600)
  const lock = new DatabaseSync(lockPath, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (cause) {
    lock.close()
    if (!isSqliteBusy(cause)) throw cause
    throw new DatabaseError(
      'in-use',
      `Another Taskr is running on ${path}. Stop it first, or use PostgreSQL for several processes.`,
      { cause },
    )
  }
  return { release: () => lock.close() }
}

export function hasLockFile(path: string): boolean {
  return existsSync(lockPathOf(path))
}

export function lockPathOf(path: string): string {
  return `${path}.lock`
}
