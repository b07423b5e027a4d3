// SQLite's own error numbers, and their meaning for the person who starts Taskr.

import { DatabaseError } from '../database-error.ts'

// https://sqlite.org/rescode.html, primary result codes.
const busy = 5
const readOnly = 8
const inputOutput = 10
const corrupt = 11
const full = 13
const cannotOpen = 14
const notADatabase = 26

export function isSqliteBusy(error: unknown): boolean {
  return primaryCode(error) === busy
}

export function describeSqliteError(error: unknown, path: string): DatabaseError | undefined {
  switch (primaryCode(error)) {
    case busy:
      return new DatabaseError('in-use', `${path} is locked by another program.`, { cause: error })
    case corrupt:
    case notADatabase:
      return new DatabaseError(
        'broken-file',
        `${path} is not a sound SQLite database. Restore it from a backup; nothing was changed.`,
        { cause: error },
      )
    case readOnly:
    case cannotOpen:
    case inputOutput:
    case full:
      return new DatabaseError('unwritable', `${path} cannot be written.`, { cause: error })
    default:
      return undefined
  }
}

/** True for a file that is locked, full, damaged, unwritable or closed. */
export function isSqliteOutage(error: unknown): boolean {
  const isClosed = error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_STATE'
  return isClosed || describeSqliteError(error, '') !== undefined
}

// The low byte of an extended result code is the primary code.
function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined
}
