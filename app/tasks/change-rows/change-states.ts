// Shared by the stores of changes: the unfinished states, reading rows, and the columns written when a change ends.
import { sql, type Selectable, type SqlBool } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { ChangeProblem, ChangeStatus } from './change.ts'
import { createLease, released } from '../../work/work.ts'
import { changeFrom, type StoredChange } from './stored-change.ts'

export const unfinished = ['pending', 'sent'] as const

/** The same condition in SQL, written as in the partial index so that it is used. */
export const isUnfinishedRow = sql<SqlBool>`status in ('pending', 'sent')`

/** The lease of a change. Attio asks for waits of at most a quarter of an hour. */
export const changeLease = createLease({
  lastsMs: 60_000,
  dueColumn: 'next_attempt_at',
  longestWaitMs: 15 * 60_000,
})

/** Skips rows that cannot be read, so that they do not block the others (RL-35). */
export function readable(rows: readonly Selectable<Tables['changes']>[]): StoredChange[] {
  return rows.flatMap((row) => {
    try {
      return [changeFrom(row)]
    } catch {
      return []
    }
  })
}

/** The columns of a change of which nothing can be at Attio. */
export const notSent = { sent_at: null, first_sent_at: null } as const

export interface End {
  readonly status: ChangeStatus
  readonly problem?: ChangeProblem
  readonly at: number
}

export function ended({ status, problem, at }: End) {
  return {
    status,
    problem: problem === undefined ? null : JSON.stringify(problem),
    finished_at: status === 'failed' ? null : at,
    ...released,
  } as const
}
