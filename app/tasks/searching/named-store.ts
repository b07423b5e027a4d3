// The tables of linked records and members, searching: a word that a person types stands for any whose name has it.
import { sql } from 'kysely'
import { rowsWithWords, type WordClause } from '../../database/open-database.ts'
import type { Db } from '../../database/tables.ts'
import type { ConnectionId } from '../../support/ids.ts'
import { memberMark, recordMark } from './indexed-words.ts'

/** A record or a member, by its mark in the words of tasks. */
export interface NamedMark {
  readonly connectionId: ConnectionId
  readonly mark: string
}

/** Returns for each clause at most `limit` records and `limit` members that have one of its words, in one statement. */
export async function findNamed(
  db: Db,
  clauses: readonly WordClause[],
  limit: number,
): Promise<readonly (readonly NamedMark[])[]> {
  const named = (clause: WordClause, number: number) =>
    db
      .selectFrom(rowsWithWords(db, 'linked_records', { clauses: [clause], limit }))
      .select(['connection_id', 'record_id as id', sql.lit('record').as('kind')])
      .unionAll(
        db
          .selectFrom(rowsWithWords(db, 'workspace_members', { clauses: [clause], limit }))
          .select(['connection_id', 'workspace_member_id as id', sql.lit('member').as('kind')]),
      )
      .$call((rows) => db.selectFrom(rows.as('named')).selectAll())
      .select(sql.lit(number).as('number'))
  const [first, ...others] = clauses.map(named)
  if (first === undefined) return []
  const rows = await others.reduce((all, some) => all.unionAll(some), first).execute()
  const byClause = Map.groupBy(rows, (row) => row.number)
  return clauses.map((_, number) =>
    (byClause.get(number) ?? []).map((row) => ({
      connectionId: row.connection_id,
      mark: row.kind === 'record' ? recordMark(row.id) : memberMark(row.id),
    })),
  )
}
