// What the stores of changes have in common: which states are unfinished, how rows are read, and what an end writes.
import { sql, type Selectable, type SqlBool } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { ChangeProblem, ChangeStatus } from './change.ts'
import { changeFrom, type StoredChange } from './stored-change.ts'

export const unfinished = ['pending', 'sent'] as const

/** The same as a condition, in the words of the index that holds only such rows. */
export const isUnfinishedRow = sql<SqlBool>`status in ('pending', 'sent')`

/** A row that was spoilt is passed over: it keeps nobody from the others (RL-35). */
export function readable(rows: readonly Selectable<Tables['changes']>[]): StoredChange[] {
  return rows.flatMap((row) => {
    try {
      return [changeFrom(row)]
    } catch {
      return []
    }
  })
}

/** Nothing of it can be at Attio. */
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
    leased_until: 0,
  } as const
}
