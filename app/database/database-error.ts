// The problems that a database can have, each as one line for the person who starts Taskr. A message never holds the
// URL: a password may be in it.

export type DatabaseErrorCode =
  | 'bad-url'
  | 'unwritable'
  | 'missing-file'
  | 'in-use'
  | 'broken-file'
  | 'unreachable'
  | 'refused'
  | 'unsafe-settings'
  | 'bad-migration-files'
  | 'changed-migration'
  | 'newer-schema'
  | 'older-schema'
  | 'failed-migration'
  | 'misused-transaction'
  | 'unowned-write'

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code: DatabaseErrorCode

  constructor(code: DatabaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
