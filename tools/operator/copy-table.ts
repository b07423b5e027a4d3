// Copies the rows of one table from SQLite to PostgreSQL, and summarizes them on both sides.
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Client } from 'pg'
import { z } from 'zod'

export interface Table {
  readonly name: string
  /** Its columns, without those that PostgreSQL computes. */
  readonly columns: readonly string[]
}

export interface Summary {
  readonly rows: number
  /** The sum of the rows' SHA-256, in hexadecimal: the same in any order of the rows. */
  readonly hash: string
}

const rowsAtOnce = 500
const columnSchema = z.object({ table_name: z.string(), column_name: z.string() })
const rowSchema = z.record(z.string(), z.unknown())
type Row = z.infer<typeof rowSchema>

/** Lists Taskr's tables in PostgreSQL, but for the list of migrations, which opening the database has filled. */
export async function listTables(client: Client): Promise<readonly Table[]> {
  const { rows } = await client.query(
    `select table_name, column_name from information_schema.columns
    where table_schema = current_schema() and is_generated = 'NEVER' and table_name <> 'migrations'
    order by table_name, ordinal_position`,
  )
  const byTable = Map.groupBy(z.array(columnSchema).parse(rows), ({ table_name }) => table_name)
  return [...byTable].map(([name, columns]) => ({
    name,
    columns: columns.map(({ column_name }) => column_name),
  }))
}

export async function holdsRows(client: Client, { name }: Table): Promise<boolean> {
  const { rowCount } = await client.query(`select 1 from "${name}" limit 1`)
  return rowCount !== 0
}

export async function copyTable(file: DatabaseSync, client: Client, table: Table): Promise<void> {
  const columns = namesOf(table)
  const insert = `insert into "${table.name}" (${columns})
    select ${columns} from json_populate_recordset(null::"${table.name}", $1)`
  let piece: Row[] = []
  for (const row of readRows(file, table)) {
    piece.push(row)
    if (piece.length < rowsAtOnce) continue
    await client.query(insert, [JSON.stringify(piece)])
    piece = []
  }
  if (piece.length > 0) await client.query(insert, [JSON.stringify(piece)])
}

export function summarizeSource(file: DatabaseSync, table: Table): Summary {
  const summing = createSum()
  for (const row of readRows(file, table)) summing.add(row)
  return summing.summary()
}

/** Reads the rows piece by piece, so that a large table needs little memory. */
export async function summarizeCopy(client: Client, table: Table): Promise<Summary> {
  const summing = createSum()
  const cursor = 'declare copied no scroll cursor for'
  await client.query(`${cursor} select ${namesOf(table)} from "${table.name}"`)
  for (;;) {
    const { rows } = await client.query(`fetch ${rowsAtOnce} from copied`)
    if (rows.length === 0) break
    for (const row of z.array(rowSchema).parse(rows)) summing.add(row)
  }
  await client.query('close copied')
  return summing.summary()
}

function* readRows(file: DatabaseSync, table: Table): Generator<Row, void> {
  for (const row of file.prepare(`select ${namesOf(table)} from "${table.name}"`).iterate()) {
    yield rowSchema.parse(row)
  }
}

function namesOf({ columns }: Table): string {
  return columns.map((column) => `"${column}"`).join(', ')
}

function createSum() {
  let rows = 0
  let sum = 0n
  return {
    add: (row: Row): void => {
      const hash = createHash('sha256')
        .update(JSON.stringify(Object.values(row)))
        .digest('hex')
      rows += 1
      sum = BigInt.asUintN(256, sum + BigInt(`0x${hash}`))
    },
    summary: (): Summary => ({ rows, hash: sum.toString(16).padStart(64, '0') }),
  }
}
