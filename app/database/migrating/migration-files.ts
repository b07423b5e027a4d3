// Reads the numbered .sql files of migrations/. Both engines run the same statements, except those after a line
// `-- only sqlite` or `-- only postgres`.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Base64Url } from '../../support/hash.ts'
import { DatabaseError } from '../database-error.ts'

export type Migration = {
  readonly number: number
  readonly name: string
  readonly statements: readonly Statement[]
  readonly checksum: string
}

export type Statement = {
  readonly sql: string
  /** The only engine that runs it; absent when both do. */
  readonly only?: 'sqlite' | 'postgres'
}

export function readMigrations(
  folder: string = join(import.meta.dirname, '..', 'migrations'),
): readonly Migration[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
  return files.map((name, index) => {
    const number = Number.parseInt(/^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1] ?? '', 10)
    if (number !== index + 1) {
      throw new DatabaseError(
        'bad-migration-files',
        `Migration ${name} should begin with ${String(index + 1).padStart(4, '0')}-.`,
      )
    }
    return createMigration(number, name, readFileSync(join(folder, name), 'utf8'))
  })
}

export function createMigration(number: number, name: string, text: string): Migration {
  // Git may have checked the file out with other line endings.
  const sql = text.replaceAll('\r\n', '\n')
  return { number, name, statements: splitStatements(sql), checksum: sha256Base64Url(sql) }
}

// Taskr's files hold plain statements, each ending with a semicolon at a line's end; SQLite takes one at a time. Inside a
// trigger, semicolons stand at the beginnings of lines.
function splitStatements(text: string): readonly Statement[] {
  return text
    .replace(/^\s*--(?! only (?:sqlite|postgres)$).*$/gm, '')
    .split(/;[ \t]*$/m)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, only, sql] = /^-- only (sqlite|postgres)\n\s*([^]*)$/.exec(part) ?? []
      return sql === undefined || (only !== 'sqlite' && only !== 'postgres')
        ? { sql: part }
        : { sql, only }
    })
}
