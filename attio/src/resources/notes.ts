// Notes on records: list, get, create, delete. Attio does not document the order of a list.
// Source: docs.attio.com/rest-api/endpoint-reference/notes
import { readItems } from './paging.ts'
import type { Send } from '../sending/send.ts'
import { dataAbout, dataOf, listOf, nothing } from '../wire/envelope.ts'
import { type NewNote, type Note, noteBody, noteSchema } from '../wire/note.ts'

export interface NoteFilter {
  /** The slug or id of an object. */
  readonly parentObject?: string
  readonly parentRecordId?: string
}

export interface NoteQuery extends NoteFilter {
  /** 1 to 50; Attio's default is 10. */
  readonly limit?: number
  readonly offset?: number
}

export interface Notes {
  /** Returns one page of notes. Needs `note:read`. Attio allows ten of these calls a second. */
  list(query?: NoteQuery): Promise<readonly Note[]>
  /**
   * Yields every note once, in pages of 50.
   *
   * @example
   * const filter = { parentObject: 'people', parentRecordId: personId }
   * for await (const note of client.notes.all(filter)) console.log(note.title)
   */
  all(filter?: NoteFilter): AsyncGenerator<Note>
  /** Returns a note. Throws AttioApiError with status 404 when it does not exist. */
  get(noteId: string): Promise<Note>
  /**
   * Creates a note on a record. Sent at most once: after AttioNetworkError, AttioTimeoutError or a 5xx the
   * note may exist, so check before retrying. Needs `scopesToWriteNotes`.
   *
   * @example
   * const note = await client.notes.create({
   *   parentObject: 'people',
   *   parentRecordId: personId,
   *   title: 'Call with Grace',
   *   content: 'She asks for a new quote.',
   * })
   */
  create(note: NewNote): Promise<Note>
  /** Deletes a note permanently. */
  delete(noteId: string): Promise<void>
}

/** Attio's own maximum for this list. */
const pageSize = 50

export function createNotes(send: Send): Notes {
  const path = ['v2', 'notes']
  const list = async ({ limit, offset, ...filter }: NoteQuery = {}): Promise<readonly Note[]> => {
    if (limit !== undefined && (!Number.isInteger(limit) || limit < 1 || limit > pageSize)) {
      throw new RangeError(`limit must be an integer from 1 to ${pageSize}`)
    }
    const { parentObject, parentRecordId } = filter
    const query = {
      limit,
      offset,
      parent_object: parentObject,
      parent_record_id: parentRecordId,
    }
    return (await send({ method: 'GET', path, query, answer: listOf(noteSchema) })).body
  }
  return {
    list,
    all: (filter = {}) =>
      readItems({
        pageSize,
        read: (range) => list({ ...filter, ...range }),
        itemsOf: (page) => page,
        idOf: (note) => note.id,
      }),
    async get(noteId) {
      const answer = dataAbout(noteSchema, noteId)
      return (await send({ method: 'GET', path: [...path, noteId], answer })).body
    },
    async create(note) {
      const answer = dataOf(noteSchema)
      return (await send({ method: 'POST', path, body: noteBody(note), answer })).body
    },
    async delete(noteId) {
      await send({
        method: 'DELETE',
        path: [...path, noteId],
        answer: nothing,
        deletes: { kind: 'note', id: noteId },
      })
    },
  }
}
