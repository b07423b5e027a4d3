// Converts a mirrored task to and from its row: lists are JSON text, booleans are 0 or 1. The row has the values that
// a person sees; Attio's values are stored beside them while changes are pending.
import type { Selectable } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { MemberId } from '../../support/ids.ts'
import { wordsOfTask } from '../searching/indexed-words.ts'
import { readIds, readLinks, readPending, readStated, type Pending } from './pending.ts'
import type { Deadline, MirroredTask } from './task-types.ts'

export type { Deadline, MirroredLink, MirroredTask } from './task-types.ts'

/** A task as a person sees it. */
export interface ShownTask extends MirroredTask {
  /** True while some change of the task is not at Attio yet. */
  readonly isPending: boolean
  /** True while Attio does not have the task yet; its ID is that of the change that creates it. */
  readonly isProvisional: boolean
  /** The member for whom Taskr created the task; null when Taskr did not create it. */
  readonly requestedBy: MemberId | null
}

/** A row, split into Attio's values and the pending part. */
export interface StoredTask {
  readonly observed: MirroredTask
  readonly pending: Pending | undefined
  readonly isProvisional: boolean
  readonly requestedBy: MemberId | null
}

export function toRow(task: MirroredTask, requestedBy: MemberId | null = null) {
  return {
    ...statedRow(task),
    requested_by: requestedBy,
    search_words: wordsOfTask(task, requestedBy),
  } as const
}

function statedRow(task: MirroredTask) {
  return {
    connection_id: task.connectionId,
    task_id: task.taskId,
    content: task.content,
    ...deadlineColumns(task.deadlineAt),
    is_completed: task.isCompleted ? 1 : 0,
    completed_at: task.completedAt,
    assignee_ids: JSON.stringify(task.assigneeIds),
    linked_records: JSON.stringify(task.linkedRecords),
    created_by: task.createdBy,
    created_at: task.createdAt,
    observed_at: task.observedAt,
  } as const
}

/** A day counts as its midnight in UTC, so that lists are ordered by one column. */
function deadlineColumns(deadline: Deadline | null) {
  return typeof deadline === 'string'
    ? { deadline_at: utcMidnightOf(deadline), deadline_day: deadline }
    : { deadline_at: deadline, deadline_day: null }
}

export function utcMidnightOf(day: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime('UTC').epochMilliseconds
}

/** True when two observations of a task have the same values. */
export function isSameTask(one: MirroredTask, other: MirroredTask): boolean {
  const [row, otherRow] = [statedRow(one), statedRow(other)]
  return (
    row.content === otherRow.content &&
    row.deadline_at === otherRow.deadline_at &&
    row.is_completed === otherRow.is_completed &&
    row.completed_at === otherRow.completed_at &&
    row.assignee_ids === otherRow.assignee_ids &&
    row.linked_records === otherRow.linked_records
  )
}

type Row = Selectable<Tables['tasks']>

/** The columns of a task as a person sees it: lists leave out the words of the search index, which are as long as texts. */
export const shownColumns = [
  'connection_id',
  'task_id',
  'content',
  'deadline_at',
  'deadline_day',
  'is_completed',
  'completed_at',
  'assignee_ids',
  'linked_records',
  'created_by',
  'created_at',
  'observed_at',
  'pending',
  'is_provisional',
  'requested_by',
] as const

type ShownRow = Pick<Row, (typeof shownColumns)[number]>

export function shownFrom(row: ShownRow): ShownTask {
  return {
    ...fromRow(row),
    isPending: row.pending !== null,
    isProvisional: row.is_provisional === 1,
    requestedBy: row.requested_by,
  }
}

export function storedFrom(row: Row): StoredTask {
  const task = fromRow(row)
  return {
    observed: row.observed === null ? task : { ...task, ...readStated(row.observed) },
    pending: readPending(row.pending),
    isProvisional: row.is_provisional === 1,
    requestedBy: row.requested_by,
  }
}

function fromRow(row: ShownRow): MirroredTask {
  return {
    connectionId: row.connection_id,
    taskId: row.task_id,
    content: row.content,
    deadlineAt: row.deadline_day ?? row.deadline_at,
    isCompleted: row.is_completed === 1,
    completedAt: row.completed_at,
    assigneeIds: readIds(row.assignee_ids),
    linkedRecords: readLinks(row.linked_records),
    createdBy: row.created_by,
    createdAt: row.created_at,
    observedAt: row.observed_at,
  }
}
