// Settings with which SQLite answers only after the data is on disk (RL-20). They are set, then read back.

import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { DatabaseError } from '../database-error.ts'

const mebibyte = 1024 * 1024

export const sqliteSettings = [
  // Readers and the writer do not wait for each other.
  { name: 'journal_mode', set: 'wal', expected: 'wal' },
  // Every commit reaches the disk before it is answered.
  { name: 'synchronous', set: 'full', expected: 2 },
  { name: 'foreign_keys', set: 'on', expected: 1 },
  // A wait inside SQLite for another program's lock stops the whole process; retry-when-busy.ts retries instead.
  { name: 'busy_timeout', set: '2', expected: 2 },
  // Deleted tokens are overwritten, not only unlinked.
  { name: 'secure_delete', set: 'on', expected: 1 },
  // A file from elsewhere cannot run functions through its schema, and its cells are checked when read.
  { name: 'trusted_schema', set: 'off', expected: 0 },
  { name: 'cell_size_check', set: 'on', expected: 1 },
  // The write-ahead log is checkpointed every 1,000 pages and truncated after a burst.
  { name: 'wal_autocheckpoint', set: '1000', expected: 1000 },
  { name: 'journal_size_limit', set: String(16 * mebibyte), expected: 16 * mebibyte },
] as const

export function applySqliteSettings(file: DatabaseSync): void {
  for (const { name, set, expected } of sqliteSettings) {
    file.exec(`pragma ${name} = ${set}`)
    const actual = readSqliteSetting(file, name)
    if (actual !== expected) {
      throw new DatabaseError(
        'unsafe-settings',
        `SQLite runs with ${name} = ${String(actual)} where ${expected} is needed; is the file on a network drive?`,
      )
    }
  }
}

export function readSqliteSetting(file: DatabaseSync, name: string): SQLOutputValue | undefined {
  return Object.values(file.prepare(`pragma ${name}`).get() ?? {})[0]
}
