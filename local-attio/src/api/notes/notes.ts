// Notes on records: list, get, create, update, delete.
import { z } from 'zod'
import { createNote, deleteNote, updateNote } from '../../edits/notes.ts'
import { timestamp } from '../../timestamps.ts'
import type { Note } from '../../world/entities.ts'
import type { World } from '../../world/world.ts'
import type { Call, Handler } from '../requests/call.ts'
import { notFound } from '../requests/errors.ts'
import { createdAt, instant } from '../requests/instant.ts'
import { findObjectOr404 } from '../objects/objects.ts'
import { page, pageOfQuery } from '../requests/pagination.ts'
import { readBody, readQuery, readUuid } from '../requests/validation.ts'

const query = z.object({
  ...pageOfQuery({ byDefault: 10, most: 50 }),
  parent_object: z.string().optional(),
  parent_record_id: z.guid('Invalid uuid').optional(),
})

const newNote = z.object({
  data: z.object({
    parent_object: z.string(),
    parent_record_id: z.guid('Invalid uuid'),
    title: z.string(),
    format: z.enum(['plaintext', 'markdown']),
    content: z.string(),
    created_at: instant.optional(),
    meeting_id: z.guid('Invalid uuid').nullable().optional(),
  }),
})

/** assumed: content is plain text by default. */
const noteChanges = z.object({
  data: z
    .object({
      title: z.string().optional(),
      format: z.enum(['plaintext', 'markdown']).default('plaintext'),
      content: z.string().optional(),
    })
    .refine(
      ({ title, content }) => title !== undefined || content !== undefined,
      'At least one property must be provided',
    ),
})

export const listNotes: Handler = (call) => {
  const wanted = readQuery(call, query)
  const object =
    wanted.parent_object === undefined
      ? undefined
      : findObjectOr404(call.world, call.workspaceId, wanted.parent_object)
  const recordId = wanted.parent_record_id?.toLowerCase()
  const notes = call.world
    .notesOf(call.workspaceId)
    .filter((note) => !object || note.parentObjectId === object.id)
    .filter((note) => recordId === undefined || note.parentRecordId === recordId)
  return { data: page(notes, wanted).map((note) => renderNote(call.world, note)) }
}

export const getNote: Handler = (call) => ({ data: renderNote(call.world, noteOfPath(call)) })

export const postNote: Handler = (call) => {
  const { data } = readBody(call, newNote)
  const object = findObjectOr404(call.world, call.workspaceId, data.parent_object)
  const record = call.world.records.get(data.parent_record_id.toLowerCase())
  if (record?.objectId !== object.id) {
    throw notFound(`Record with ID "${data.parent_record_id}" not found.`)
  }
  const note = createNote(call, {
    parentObjectId: object.id,
    parentRecordId: record.id,
    title: data.title,
    meetingId: data.meeting_id ?? null,
    ...contentsOf(data.format, data.content),
    ...createdAt(data.created_at ?? { ms: call.now, nanoseconds: 0 }),
  })
  return { data: renderNote(call.world, note) }
}

export const patchNote: Handler = (call) => {
  const note = noteOfPath(call)
  const { data } = readBody(call, noteChanges)
  const changed = updateNote(call, note, {
    ...(data.title !== undefined && { title: data.title }),
    ...(data.content !== undefined && contentsOf(data.format, data.content)),
  })
  return { data: renderNote(call.world, changed) }
}

export const removeNote: Handler = (call) => {
  deleteNote(call, noteOfPath(call))
  return {}
}

function noteOfPath(call: Call): Note {
  const id = readUuid(call, 'note_id')
  const note = call.world.notes.get(id)
  if (note?.workspaceId !== call.workspaceId) {
    throw notFound(`Note with ID "${id}" was not found.`)
  }
  return note
}

function contentsOf(format: 'plaintext' | 'markdown', content: string) {
  return {
    contentPlaintext: format === 'markdown' ? withoutMarks(content) : content,
    contentMarkdown: content,
  }
}

/** Returns the text of simple Markdown: headings, lists, emphasis and links. */
function withoutMarks(markdown: string): string {
  return markdown
    .replaceAll(/^#{1,6} +/gm, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/(\*\*|__|~~|\*|_|`)(\S(?:.*?\S)?)\1/g, '$2')
}

function renderNote(world: World, note: Note) {
  return {
    id: { workspace_id: note.workspaceId, note_id: note.id },
    parent_object: world.objects.get(note.parentObjectId)?.slug ?? note.parentObjectId,
    parent_record_id: note.parentRecordId,
    title: note.title,
    meeting_id: note.meetingId,
    content_plaintext: note.contentPlaintext,
    content_markdown: note.contentMarkdown,
    tags: [],
    created_by_actor: note.createdByActor,
    created_at: timestamp(note.createdAt, note.createdNanoseconds),
  }
}
