// Backups of a SQLite database: made while Taskr runs, checked before they count, put back while it does not run.
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { DatabaseError } from '../database-error.ts'
import { lockDatabaseFile } from './process-lock.ts'
import { describeSqliteError } from './sqlite-errors.ts'

// SQLite begins again when another process writes between two steps, so the whole file is one step.
const everyPage = 2 ** 31 - 1
const waitMs = 5_000
/** The files that belong to a database, by their endings: itself and its write-ahead log. */
const endings = ['', '-wal', '-shm']

/**
 * Copies a database that may be in use to a new file that only its owner may read. Throws a DatabaseError, and leaves
 * no file behind, when the copy cannot be made or is damaged.
 */
export async function backUpFile(path: string, target: string): Promise<void> {
  if (existsSync(target)) {
    throw new DatabaseError('unwritable', `${target} is there already. Name a new file.`)
  }
  const part = `${target}.part`
  try {
    const source = new DatabaseSync(path, { readOnly: true, timeout: waitMs })
    try {
      closeSync(openSync(part, 'w', 0o600))
      chmodSync(part, 0o600)
      await backup(source, part, { rate: everyPage })
    } finally {
      source.close()
    }
    const copy = new DatabaseSync(part)
    // A backup is one file, without a write-ahead log beside it.
    copy.exec('pragma journal_mode = delete')
    copy.close()
    checkBackup(part)
    moveIntoPlace(part, target)
  } catch (error) {
    rmSync(part, { force: true })
    throw describeSqliteError(error, path) ?? cannot('be backed up', path, error)
  }
}

/**
 * Replaces a database by a backup, while no Taskr runs on it. Returns where the former database is now, if there was
 * one. Throws a DatabaseError when the backup is damaged, or the database is in use.
 */
export function restoreFile(from: string, path: string): string | undefined {
  checkBackup(from)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const lock = lockDatabaseFile(path)
  const part = `${path}.part`
  try {
    copyFileSync(from, part, constants.COPYFILE_FICLONE)
    chmodSync(part, 0o600)
    const former = setAside(path)
    moveIntoPlace(part, path)
    return former
  } catch (error) {
    rmSync(part, { force: true })
    throw describeSqliteError(error, path) ?? cannot('be restored', path, error)
  } finally {
    lock.release()
  }
}

/** Throws a DatabaseError unless the file is a whole SQLite database with Taskr's tables. */
function checkBackup(path: string): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) {
    throw new DatabaseError('missing-file', `${path} is missing or empty.`)
  }
  let finding: unknown
  try {
    const file = new DatabaseSync(path, { readOnly: true, timeout: waitMs })
    try {
      finding = Object.values(file.prepare('pragma quick_check(1)').get() ?? {})[0]
      file.prepare('select count(*) from migrations').get()
    } finally {
      file.close()
    }
  } catch (cause) {
    throw new DatabaseError('broken-file', `${path} is not a backup of Taskr.`, { cause })
  }
  if (finding !== 'ok') throw new DatabaseError('broken-file', `${path} is damaged.`)
}

/** Renames the files that are there. A log left behind by a lost database would be applied to the restored one. */
function setAside(path: string): string | undefined {
  const there = endings.filter((ending) => existsSync(path + ending))
  const former = firstFree(`${path}.before-restore`)
  for (const ending of there) renameSync(path + ending, former + ending)
  return there.length === 0 ? undefined : former
}

function firstFree(path: string, number = 1): string {
  const candidate = number === 1 ? path : `${path}-${number}`
  return existsSync(candidate) ? firstFree(path, number + 1) : candidate
}

/** Renames a file once its bytes are on the disk. */
function moveIntoPlace(part: string, target: string): void {
  sync(part)
  renameSync(part, target)
  sync(dirname(target))
}

function sync(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function cannot(verb: string, path: string, error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error)) return error
  return new DatabaseError('unwritable', `${path} cannot ${verb} (${String(error.code)}).`, {
    cause: error,
  })
}
