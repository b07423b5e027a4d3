// Measures how far behind a queue is, for the operator.
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Db } from '../database/tables.ts'

export interface QueueState {
  /** The number of rows whose due time has come. */
  readonly due: number
  /** How long the first of them has been due, in milliseconds; 0 when none is. */
  readonly lateMs: number
}

export interface MeasuredQueue {
  readonly table: string
  readonly dueColumn: string
  /** Leaves out rows that are finished. */
  readonly only?: RawBuilder<SqlBool>
}

export async function measureQueue(
  db: Db,
  { table, dueColumn, only = sql<SqlBool>`1 = 1` }: MeasuredQueue,
  at: number,
): Promise<QueueState> {
  const column = sql.ref<number>(dueColumn)
  const found = await sql<{ due: number; first: number | null }>`
    select count(*) as due, min(${column}) as first from ${sql.table(table)}
    where ${column} <= ${at} and ${only}`.execute(db)
  const [{ due, first } = { due: 0, first: null }] = found.rows
  return { due: due, lateMs: first === null ? 0 : at - first }
}
