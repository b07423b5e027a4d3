// Reads what a thief of the database would get: every row of every table, and the bytes of its files.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'

export type Stored = ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>

/** Returns the names of all tables. */
export async function readEveryTable(databaseUrl: string): Promise<Stored> {
  return databaseUrl.startsWith('file:')
    ? readSqlite(databaseUrl.slice('file:'.length))
    : await readPostgres(databaseUrl)
}

export async function countRows(databaseUrl: string, table: string): Promise<number> {
  return (await readEveryTable(databaseUrl)).get(table)?.length ?? 0
}

/** Counts the rows that an SQL text after `from` selects, also while Taskr serves. */
export async function countRowsWhere(databaseUrl: string, where: string): Promise<number> {
  const statement = `select count(*) as count from ${where}`
  if (databaseUrl.startsWith('file:')) {
    const file = new DatabaseSync(databaseUrl.slice('file:'.length), {
      readOnly: true,
      timeout: 1_000,
    })
    const row = file.prepare(statement).get()
    file.close()
    return Number(row?.['count'])
  }
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ count: string }>(statement)
  await client.end()
  return Number(rows[0]?.count)
}

/** Returns the bytes that a thief of the database or of a dump would have, by the name of the place. */
export async function readStoredBytes(databaseUrl: string): Promise<ReadonlyMap<string, Buffer>> {
  return new Map([...(await readStoredRows(databaseUrl)), ...readFilesOfSqlite(databaseUrl)])
}

/** Returns every row of every table, as a dump would. */
export async function readStoredRows(databaseUrl: string): Promise<ReadonlyMap<string, Buffer>> {
  const sinks = new Map<string, Buffer>()
  for (const [table, rows] of await readEveryTable(databaseUrl)) {
    sinks.set(`table ${table}`, Buffer.from(JSON.stringify(rows)))
  }
  return sinks
}

/**
 * Returns the bytes on the disk: the database file with deleted rows, and the write-ahead log. PostgreSQL's log is shared,
 * so only what was written since `from` counts; nothing when the server runs on another machine.
 */
export async function readStoredFiles(
  databaseUrl: string,
  since: number,
): Promise<ReadonlyMap<string, Buffer>> {
  if (databaseUrl.startsWith('file:')) return readFilesOfSqlite(databaseUrl)
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('checkpoint')
  const { rows } = await client.query<{ folder: string; database: string }>(
    `select current_setting('data_directory') as folder, oid::text as database
      from pg_database where datname = current_database()`,
  )
  await client.end()
  const [{ folder, database } = { folder: '', database: '' }] = rows
  const files = new Map<string, Buffer>()
  for (const part of [`base/${database}`, 'pg_wal']) {
    if (!existsSync(join(folder, part))) continue
    for (const entry of readdirSync(join(folder, part), { withFileTypes: true })) {
      const path = join(folder, part, entry.name)
      if (!entry.isFile() || statSync(path).mtimeMs < since) continue
      files.set(`file ${part}/${entry.name}`, readFileSync(path))
    }
  }
  return files
}

function readFilesOfSqlite(databaseUrl: string): ReadonlyMap<string, Buffer> {
  const sinks = new Map<string, Buffer>()
  if (!databaseUrl.startsWith('file:')) return sinks
  const file = databaseUrl.slice('file:'.length)
  for (const suffix of ['', '-wal', '-shm', '-journal', '.lock']) {
    if (existsSync(file + suffix)) sinks.set(`file ${suffix}`, readFileSync(file + suffix))
  }
  return sinks
}

/** Changes the database directly, as an attacker with write access would. */
export async function changeStored(databaseUrl: string, statement: string): Promise<void> {
  if (databaseUrl.startsWith('file:')) {
    const file = new DatabaseSync(databaseUrl.slice('file:'.length), { timeout: 1_000 })
    file.exec(statement)
    file.close()
    return
  }
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}

function readSqlite(path: string): Stored {
  const file = new DatabaseSync(path, { readOnly: true })
  try {
    const tables = file.prepare(`select name from sqlite_master where type = 'table'`).all()
    return new Map(
      tables.map(({ name }) => {
        const statement = file.prepare(`select * from "${String(name)}"`)
        // The search index numbers its own rows beyond what a number holds.
        statement.setReadBigInts(true)
        return [String(name), statement.all().map(withNumbers)]
      }),
    )
  } finally {
    file.close()
  }
}

function withNumbers(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === 'bigint' ? Number(value) : value,
    ]),
  )
}

async function readPostgres(url: string): Promise<Stored> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const tables = await client.query<{ tablename: string }>(
      `select tablename from pg_tables where schemaname = 'public'`,
    )
    const stored = new Map<string, readonly Readonly<Record<string, unknown>>[]>()
    for (const { tablename } of tables.rows) {
      const { rows } = await client.query<Record<string, unknown>>(`select * from "${tablename}"`)
      stored.set(tablename, rows)
    }
    return stored
  } finally {
    await client.end()
  }
}
