// Sends a note on a record. Like a task, a note is created once even when the answer is lost: it is found again by its
// record, title and text.
import type { AttioClient, Note } from '@taskr/attio'
import type { ChangeParts } from '../change-parts.ts'
import type { NewNote } from '../change-rows/change.ts'
import { listKnownNotes } from '../change-rows/lost-create-store.ts'
import { finishChange } from '../rows/observe.ts'
import { hashOfNote, type StoredChange } from '../change-rows/stored-change.ts'
import { createOnce, type Creatable } from './create-once.ts'
import type { SendOutcome } from './judge-answer.ts'

export async function sendNote(
  parts: ChangeParts,
  change: StoredChange,
  client: AttioClient,
): Promise<SendOutcome> {
  const { note } = change.wanted
  if (note === undefined) throw new TypeError('a change of kind note has a note')
  const creation = await createOnce(parts, change, creatableNote(parts, client, note))
  switch (creation.kind) {
    case 'created':
      return await finishNote(parts, change, creation.made)
    case 'ambiguous': {
      const candidates = creation.candidates.length
      return { kind: 'failed', problem: { kind: 'ambiguous', candidates } }
    }
    case 'too-soon':
      return { kind: 'later', at: creation.at }
    case 'lease-lost':
      return { kind: 'finished' }
  }
}

function creatableNote(
  { database }: ChangeParts,
  client: AttioClient,
  note: NewNote,
): Creatable<Note> {
  const record = { parentObject: note.targetObject, parentRecordId: note.recordId }
  return {
    hash: hashOfNote(note),
    create: () => client.notes.create({ ...record, title: note.title, content: note.text }),
    listAlike: async (since) => {
      const alike: Note[] = []
      // Attio does not document the order of notes, so all of the record are read.
      for await (const one of client.notes.all(record)) {
        const isOurs = one.createdBy?.type === 'app' && one.createdAt >= since
        if (isOurs && one.title === note.title && sameText(one.plaintext, note.text))
          alike.push(one)
      }
      const known = await listKnownNotes(
        database.db,
        alike.map(({ id }) => id),
      )
      return alike
        .filter(({ id }) => !known.has(id))
        .toSorted((one, other) => one.createdAt - other.createdAt)
    },
  }
}

/** assumed: Attio may return white space in another form than it was sent. */
function sameText(one: string, other: string): boolean {
  return withSingleSpaces(one) === withSingleSpaces(other)
}

function withSingleSpaces(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** A found note belongs to one change only, so a second change that found it searches again. */
async function finishNote(
  parts: ChangeParts,
  change: StoredChange,
  { id }: Note,
): Promise<SendOutcome> {
  const { clock, database } = parts
  const isTaken = await database.transaction(async (db) => {
    if ((await listKnownNotes(db, [id])).size > 0) return true
    const end = { status: 'done', createdNoteId: id, at: clock.now() } as const
    await finishChange(parts, db, change, end)
    return false
  })
  await parts.reached('finished')
  return isTaken ? { kind: 'later', at: clock.now() } : { kind: 'finished' }
}
