// What a thief of the database would read: every row of every table, and the files as they lie on the disk.
import { existsSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'

export type Stored = ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>

/** Every table by its name. */
export async function readEveryTable(databaseUrl: string): Promise<Stored> {
  return databaseUrl.startsWith('file:')
    ? readSqlite(databaseUrl.slice('file:'.length))
    : await readPostgres(databaseUrl)
}

export async function countRows(databaseUrl: string, table: string): Promise<number> {
  return (await readEveryTable(databaseUrl)).get(table)?.length ?? 0
}

/** The bytes that a thief of the disk or of a dump would have, by the name of where they lie. */
export async function readStoredBytes(databaseUrl: string): Promise<ReadonlyMap<string, Buffer>> {
  const sinks = new Map<string, Buffer>()
  for (const [table, rows] of await readEveryTable(databaseUrl)) {
    sinks.set(`table ${table}`, Buffer.from(JSON.stringify(rows)))
  }
  if (!databaseUrl.startsWith('file:')) return sinks
  const file = databaseUrl.slice('file:'.length)
  for (const suffix of ['', '-wal', '-shm', '-journal', '.lock']) {
    if (existsSync(file + suffix)) sinks.set(`file ${suffix}`, readFileSync(file + suffix))
  }
  return sinks
}

/** Changes the database behind Taskr's back, as whoever can write to it would. */
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
      tables.map(({ name }) => [
        String(name),
        file.prepare(`select * from "${String(name)}"`).all(),
      ]),
    )
  } finally {
    file.close()
  }
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
