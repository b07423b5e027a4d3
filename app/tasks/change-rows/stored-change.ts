// A change as its table stores it: wanted values, seen values and problems are JSON text.
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import {
  asMemberId,
  type AccountId,
  type ChangeId,
  type ConnectionId,
  type MemberId,
  type TaskId,
  type WorkspaceId,
} from '../../support/ids.ts'
import type {
  ChangeInList,
  ChangeKind,
  ChangeProblem,
  ChangeStatus,
  NewNote,
  TaskPatch,
} from './change.ts'
import { sha256Base64Url } from '../../support/hash.ts'

/** The fields that a change sets, or that the person saw when they made it. */
export type Fields = TaskPatch & { readonly content?: string; readonly note?: NewNote }

export interface StoredChange {
  readonly accountId: AccountId
  readonly changeId: ChangeId
  readonly connectionId: ConnectionId
  readonly workspaceId: WorkspaceId
  /** The member for whom the change was made. */
  readonly memberId: MemberId | undefined
  readonly taskId: TaskId
  readonly sequence: number
  readonly kind: ChangeKind
  /** The values that it sets. For a list of an update, only the difference from `base` counts. */
  readonly wanted: Fields
  /** The values that the person saw: the text and, for an update, the fields that it changes. */
  readonly base: Fields
  /** The task that a `create` or `replace` made at Attio. */
  readonly createdTaskId: TaskId | undefined
  readonly status: ChangeStatus
  readonly problem: ChangeProblem | undefined
  readonly attempts: number
  readonly unclearAnswers: number
  /** When a create was last sent, while its outcome is unknown. */
  readonly sentAt: number | undefined
  /** When it was first sent. */
  readonly firstSentAt: number | undefined
  readonly nextAttemptAt: number
  readonly leasedUntil: number
  readonly leaseNumber: number
  readonly createdAt: number
}

const links = z.array(z.object({ targetObject: z.string(), recordId: z.string() }))
const fieldsSchema = z.object({
  content: z.string().optional(),
  deadlineAt: z.union([z.number(), z.string()]).nullable().optional(),
  isCompleted: z.boolean().optional(),
  assigneeIds: z.array(z.string().transform(asMemberId)).optional(),
  linkedRecords: links.optional(),
  note: z
    .object({
      targetObject: z.string(),
      recordId: z.string(),
      title: z.string(),
      text: z.string(),
    })
    .optional(),
})

const said = z.string()
const problemSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['conflict', 'left-out']),
    fields: z.array(z.enum(['deadlineAt', 'isCompleted', 'assigneeIds', 'linkedRecords'])),
  }),
  z.object({ kind: z.literal('gone') }),
  z.object({ kind: z.enum(['forbidden', 'left-twin']), said }),
  z.object({ kind: z.literal('refused'), status: z.number(), said }),
  z.object({ kind: z.literal('ambiguous'), candidates: z.number() }),
]) satisfies z.ZodType<ChangeProblem>

export function changeFrom(row: Selectable<Tables['changes']>): StoredChange {
  return {
    accountId: row.account_id,
    changeId: row.change_id,
    connectionId: row.connection_id,
    workspaceId: row.workspace_id,
    memberId: row.member_id ?? undefined,
    taskId: row.task_id,
    sequence: row.sequence,
    kind: row.kind,
    wanted: readFields(row.wanted),
    base: readFields(row.base),
    createdTaskId: row.created_task_id ?? undefined,
    status: row.status,
    problem: row.problem === null ? undefined : problemSchema.parse(JSON.parse(row.problem)),
    attempts: row.attempts,
    unclearAnswers: row.unclear_answers,
    sentAt: row.sent_at ?? undefined,
    firstSentAt: row.first_sent_at ?? undefined,
    nextAttemptAt: row.next_attempt_at,
    leasedUntil: row.leased_until,
    leaseNumber: row.lease_number,
    createdAt: row.created_at,
  }
}

/** Leaves absent keys out, since a key with the value undefined would count as a wanted change. */
function readFields(text: string): Fields {
  const { content, deadlineAt, isCompleted, assigneeIds, linkedRecords, note } = fieldsSchema.parse(
    JSON.parse(text),
  )
  return {
    ...(content !== undefined && { content }),
    ...(deadlineAt !== undefined && { deadlineAt }),
    ...(isCompleted !== undefined && { isCompleted }),
    ...(assigneeIds !== undefined && { assigneeIds }),
    ...(linkedRecords !== undefined && { linkedRecords }),
    ...(note !== undefined && { note }),
  }
}

/** Returns the hash by which the same task or note is found after a lost answer; null when the change creates none. */
export function hashOfCreation({ content, note }: Fields): string | null {
  if (note !== undefined) return hashOfNote(note)
  return content === undefined ? null : sha256Base64Url(content)
}

export function hashOfNote({ recordId, title, text }: NewNote): string {
  return sha256Base64Url(JSON.stringify(['note', recordId, title, text]))
}

export function inList(change: StoredChange): ChangeInList {
  const { accountId, changeId, connectionId, taskId, kind, wanted, base } = change
  const { status, problem, attempts, createdAt } = change
  return {
    accountId,
    changeId,
    connectionId,
    taskId,
    kind,
    content: wanted.note?.text ?? wanted.content ?? base.content ?? '',
    wanted,
    status,
    problem,
    attempts,
    createdAt,
  }
}

export function isUnfinished({ status }: Pick<StoredChange, 'status'>): boolean {
  return status === 'pending' || status === 'sent'
}
