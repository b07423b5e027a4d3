// The world's tasks, notes and comments, and what its documents share, as they are stored: instants in
// milliseconds, absent members null, ids UUIDs. The API renders its answers from them.
import { z } from 'zod'

export const id = z.string()
export const instant = z.number().int()
/** What an instant has beyond its milliseconds; absent when that is nothing. */
export const nanoseconds = z.number().int().min(1).max(999_999).exactOptional()

export const actor = z.strictObject({
  type: z.enum(['api-token', 'workspace-member', 'system', 'app']),
  id: z.string().nullable(),
})
export type Actor = z.infer<typeof actor>

export const linkedRecord = z.strictObject({ objectId: id, recordId: id })
export type LinkedRecord = z.infer<typeof linkedRecord>

export const task = z.strictObject({
  id,
  workspaceId: id,
  content: z.string(),
  deadlineAt: instant.nullable(),
  deadlineNanoseconds: nanoseconds,
  isCompleted: z.boolean(),
  completedAt: instant.nullable(),
  linkedRecords: z.array(linkedRecord),
  assigneeIds: z.array(id),
  createdByActor: actor,
  createdAt: instant,
})
export type Task = z.infer<typeof task>

export const note = z.strictObject({
  id,
  workspaceId: id,
  parentObjectId: id,
  parentRecordId: id,
  title: z.string(),
  meetingId: z.string().nullable(),
  contentPlaintext: z.string(),
  contentMarkdown: z.string(),
  createdByActor: actor,
  createdAt: instant,
  createdNanoseconds: nanoseconds,
})
export type Note = z.infer<typeof note>

/** A thread belongs to a record or an entry, and exists as long as it has comments. */
export const comment = z.strictObject({
  id,
  workspaceId: id,
  threadId: id,
  /** The record, or the parent record of the entry. */
  objectId: id,
  recordId: id,
  listId: id.nullable(),
  entryId: id.nullable(),
  content: z.string(),
  author: actor,
  resolvedAt: instant.nullable(),
  resolvedBy: actor.nullable(),
  createdAt: instant,
  createdNanoseconds: nanoseconds,
})
export type Comment = z.infer<typeof comment>
