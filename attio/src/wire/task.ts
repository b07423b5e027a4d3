// A task in Attio's form, and a change to it.
// Source: docs.attio.com/rest-api/endpoint-reference/tasks
import { z } from 'zod'
import {
  type Actor,
  actorFrom,
  referencedActorFrom,
  wireActor,
  wireReferencedActor,
} from './actor.ts'
import { wireId } from './id.ts'
import { formatInstant, instantOf, instantText } from './instants.ts'
import { shortArray } from './short-array.ts'

/** A link from a task to a record. `targetObject` is a slug or an id: Attio sends both. */
export interface LinkedRecord {
  readonly targetObject: string
  readonly targetRecordId: string
}

/** All instants are milliseconds since 1970. */
export interface Task {
  readonly id: string
  readonly workspaceId: string
  readonly content: string
  /** A deadline without a time is midnight UTC. */
  readonly deadlineAt: number | null
  /** The deadline as `2026-11-30` when Attio gave a date without a time; otherwise null. */
  readonly deadlineDay: string | null
  readonly isCompleted: boolean
  readonly completedAt: number | null
  readonly linkedRecords: readonly LinkedRecord[]
  /** Ids of the workspace members in `assignees`. */
  readonly assigneeIds: readonly string[]
  readonly assignees: readonly Actor[]
  readonly createdBy: Actor | null
  readonly createdAt: number
}

/**
 * UTF-16 code units. Attio takes 2,000 characters, and writes the names of linked records into them, so a text of this
 * length is not one of a task.
 */
const longestContent = 64 * 1024

const wireTask = z.object({
  id: z.object({ workspace_id: wireId, task_id: wireId }),
  content_plaintext: z.string().max(longestContent),
  deadline_at: instantText.nullable(),
  is_completed: z.boolean(),
  completed_at: instantText.nullish(), // newer than the other members: absent before 2026
  linked_records: shortArray(
    z.object({ target_object_id: z.string(), target_record_id: z.string() }),
  ),
  assignees: shortArray(wireReferencedActor),
  created_by_actor: wireActor,
  created_at: instantText,
})

export type WireTask = z.output<typeof wireTask>

export const taskSchema: z.ZodType<Task> = wireTask.transform(taskFrom)

/** Validates without transforming, which would cost several times as much per task; `taskFrom` transforms. */
export const wireTaskSchema: z.ZodType<WireTask> = wireTask

export function taskFrom(wire: WireTask): Task {
  const assignees = wire.assignees.map(referencedActorFrom)
  return {
    id: wire.id.task_id,
    workspaceId: wire.id.workspace_id,
    content: wire.content_plaintext,
    deadlineAt: instantOrNull(wire.deadline_at),
    deadlineDay: wire.deadline_at?.includes('T') === false ? wire.deadline_at : null,
    isCompleted: wire.is_completed,
    completedAt: instantOrNull(wire.completed_at),
    linkedRecords: wire.linked_records.map((link) => ({
      targetObject: link.target_object_id,
      targetRecordId: link.target_record_id,
    })),
    assigneeIds: assignees.flatMap(memberId),
    assignees,
    createdBy: actorFrom(wire.created_by_actor),
    createdAt: instantOf(wire.created_at),
  }
}

function instantOrNull(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : instantOf(text)
}

function memberId(actor: Actor): string[] {
  return actor.type === 'workspace-member' && actor.id !== null ? [actor.id] : []
}

/** A record, referenced by id or by the value of a unique attribute. */
export type LinkedRecordReference =
  | LinkedRecord
  | {
      readonly targetObject: string
      /** Slug or id of a unique attribute, for example `email_addresses`. */
      readonly matchingAttribute: string
      /** One value in Attio's form, for example `{ email_address: 'ada@example.com' }`. */
      readonly value: Readonly<Record<string, unknown>>
    }

/** The members of a task that can change; its content cannot. Lists replace the whole set. */
export interface TaskChange {
  /** Milliseconds since 1970, or a date without a time like `2026-11-30`; null for no deadline. */
  readonly deadlineAt?: number | string | null
  readonly isCompleted?: boolean
  /** References, or e-mail addresses (people) and domains (companies) as plain strings. */
  readonly linkedRecords?: readonly LinkedRecordReference[] | readonly string[]
  /** Workspace members' ids or e-mail addresses. */
  readonly assignees?: readonly string[]
}

export interface NewTask extends TaskChange {
  /** Plain text, at most 2,000 characters. */
  readonly content: string
}

/** Builds the body of a create. Attio requires all six keys. */
export function newTaskBody(task: NewTask): Record<string, unknown> {
  const {
    content,
    deadlineAt = null,
    isCompleted = false,
    linkedRecords = [],
    assignees = [],
  } = task
  return {
    content,
    format: 'plaintext',
    ...taskChangeBody({ deadlineAt, isCompleted, linkedRecords, assignees }),
  }
}

export function taskChangeBody(change: TaskChange): Record<string, unknown> {
  const { deadlineAt, isCompleted, linkedRecords, assignees } = change
  return {
    ...(deadlineAt !== undefined && {
      deadline_at: typeof deadlineAt === 'number' ? formatInstant(deadlineAt) : deadlineAt,
    }),
    ...(isCompleted !== undefined && { is_completed: isCompleted }),
    ...(linkedRecords !== undefined && { linked_records: linkedRecords.map(linkedRecordBody) }),
    ...(assignees !== undefined && { assignees: assignees.map(assigneeBody) }),
  }
}

/** Attio writes `target_object` but reads `target_object_id`; this hides the difference. */
function linkedRecordBody(link: LinkedRecordReference | string): unknown {
  if (typeof link === 'string') return link
  if ('targetRecordId' in link) {
    return { target_object: link.targetObject, target_record_id: link.targetRecordId }
  }
  return { target_object: link.targetObject, [link.matchingAttribute]: [link.value] }
}

function assigneeBody(member: string): unknown {
  return member.includes('@')
    ? { workspace_member_email_address: member }
    : { referenced_actor_type: 'workspace-member', referenced_actor_id: member }
}
