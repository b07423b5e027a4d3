// A note on a record.
// Source: docs.attio.com/rest-api/endpoint-reference/notes
import { z } from 'zod'
import { type Actor, actorSchema } from './actor.ts'
import { wireId } from './id.ts'
import { instantSchema } from './instants.ts'

export interface Note {
  readonly id: string
  readonly workspaceId: string
  /** The slug of the record's object. */
  readonly parentObject: string
  readonly parentRecordId: string
  readonly title: string
  /** The text without formatting. */
  readonly plaintext: string
  readonly markdown: string
  /** The meeting that the note belongs to. */
  readonly meetingId: string | null
  readonly createdBy: Actor | null
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

export interface NewNote {
  /** The slug or id of the record's object. */
  readonly parentObject: string
  readonly parentRecordId: string
  /** Plain text, without formatting. */
  readonly title: string
  readonly content: string
  /** Default `plaintext`, in which a line feed begins a new line. */
  readonly format?: 'plaintext' | 'markdown'
}

export const noteSchema: z.ZodType<Note> = z
  .object({
    id: z.object({ workspace_id: wireId, note_id: wireId }),
    parent_object: z.string(),
    parent_record_id: z.string(),
    title: z.string(),
    meeting_id: z.string().nullish(), // newer than the other members
    content_plaintext: z.string(),
    content_markdown: z.string(),
    created_by_actor: actorSchema,
    created_at: instantSchema,
  })
  .transform((wire): Note => ({
    id: wire.id.note_id,
    workspaceId: wire.id.workspace_id,
    parentObject: wire.parent_object,
    parentRecordId: wire.parent_record_id,
    title: wire.title,
    plaintext: wire.content_plaintext,
    markdown: wire.content_markdown,
    meetingId: wire.meeting_id ?? null,
    createdBy: wire.created_by_actor,
    createdAt: wire.created_at,
  }))

export function noteBody({ format = 'plaintext', ...note }: NewNote): unknown {
  return {
    data: {
      parent_object: note.parentObject,
      parent_record_id: note.parentRecordId,
      title: note.title,
      format,
      content: note.content,
    },
  }
}
