// Lets Kysely's SQLite dialect run on node:sqlite: values are checked before they are stored, rows are plain objects,
// and statements are prepared once.

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { SqliteDatabase, SqliteStatement } from 'kysely'

const cachedStatements = 400

export function adaptNodeSqlite(file: DatabaseSync): SqliteDatabase {
  // A Map keeps insertion order, so its first entry is the least recently used one.
  const statements = new Map<string, SqliteStatement>()

  function prepare(sql: string): SqliteStatement {
    const statement = statements.get(sql) ?? adaptStatement(file.prepare(sql))
    statements.delete(sql)
    statements.set(sql, statement)
    if (statements.size > cachedStatements) {
      const [oldest] = statements.keys()
      if (oldest !== undefined) statements.delete(oldest)
    }
    return statement
  }

  return {
    prepare,
    close: () => {
      statements.clear()
      file.close()
    },
  }
}

function adaptStatement(statement: StatementSync): SqliteStatement {
  const names = statement.columns().map(({ name }) => name)
  // Rows as objects would have no prototype, and compare as unequal to every object literal.
  statement.setReturnArrays(true)
  // A copy of this has room for every column. An object that grows by one after the other is moved several times.
  const blank: Readonly<Record<string, unknown>> = Object.fromEntries(
    names.map((name) => [name, null]),
  )
  const plainRow = (values: unknown): object => {
    if (!Array.isArray(values)) throw new TypeError('A row is an array.')
    const row: Record<string, unknown> = { ...blank }
    let at = 0
    for (const name of names) {
      row[name] = values[at]
      at += 1
    }
    return row
  }
  return {
    reader: names.length > 0,
    all: (parameters) => statement.all(...parameters.map(checkValue)).map(plainRow),
    run: (parameters) => statement.run(...parameters.map(checkValue)),
    iterate: (parameters) => statement.iterate(...parameters.map(checkValue)).map(plainRow),
  }
}

// Values that PostgreSQL would refuse are refused here, too; SQLite would store NaN as null.
function checkValue(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`A value of type ${typeof value} cannot be stored.`)
}
