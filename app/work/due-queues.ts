// Asks all queues at once which of them have due rows, so that a node with nothing to do sends one statement.
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Db } from '../database/tables.ts'
import type { Lease } from './lease.ts'

/** A table that workers claim rows of. */
export interface Queue {
  readonly table: string
  readonly lease: Pick<Lease, 'isClaimable'>
  /** Leaves out rows that are finished. */
  readonly only?: RawBuilder<SqlBool>
}

/** Returns the names of the queues that have a row to claim. Each asks an index for its first due row. */
export async function findDueQueues<Name extends string>(
  db: Db,
  queues: Readonly<Record<Name, Queue>>,
  at: number,
): Promise<ReadonlySet<Name>> {
  const names = Object.keys(queues).filter((name): name is Name => name in queues)
  const found = await sql<{ name: string }>`${sql.join(
    names.map((name) => hasDue(name, queues[name], at)),
    sql` union all `,
  )}`.execute(db)
  const due = new Set(found.rows.map(({ name }) => name))
  return new Set(names.filter((name) => due.has(name)))
}

function hasDue(
  name: string,
  { lease, only = sql<SqlBool>`1 = 1`, table }: Queue,
  at: number,
): RawBuilder<unknown> {
  return sql`select cast(${name} as text) as name where exists (
    select 1 from ${sql.table(table)} where ${only} and ${lease.isClaimable(at)}
  )`
}
