// The events of Attio's webhooks: ids and an actor, never the changed document itself.
import type { Actor } from './entities.ts'

/** The events of Attio's list that the local Attio can fire. */
export const eventTypes = [
  'comment.created',
  'comment.resolved',
  'comment.unresolved',
  'comment.deleted',
  'list.created',
  'list.updated',
  'list.deleted',
  'list-attribute.created',
  'list-attribute.updated',
  'list-entry.created',
  'list-entry.updated',
  'list-entry.deleted',
  'object-attribute.created',
  'object-attribute.updated',
  'note.created',
  'note.updated',
  'note.deleted',
  'note-content.updated',
  'record.created',
  'record.merged',
  'record.updated',
  'record.deleted',
  'task.created',
  'task.updated',
  'task.deleted',
  'workspace-member.created',
  'call-recording.created',
] as const

export type EventType = (typeof eventTypes)[number]

/** One element of a delivery's `events`, exactly as it is sent. */
export type AttioEvent = {
  readonly event_type: EventType
  readonly id: Readonly<Record<string, string>> & { readonly workspace_id: string }
  /** Present for notes and list entries. */
  readonly parent_object_id?: string
  readonly parent_record_id?: string
  /** Present for merges: the record that the new one replaces. */
  readonly duplicate_object_id?: string
  readonly duplicate_record_id?: string
  /** Present for comments. */
  readonly thread_id?: string
  readonly object_id?: string
  readonly record_id?: string
  readonly list_id?: string | null
  readonly entry_id?: string | null
  readonly actor: Actor
}
