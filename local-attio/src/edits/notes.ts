// Edits of notes.
import type { Note } from '../world/entities.ts'
import type { EventType } from '../world/events.ts'
import type { Author } from './author.ts'

export function createNote(
  author: Author,
  fresh: Omit<Note, 'id' | 'workspaceId' | 'createdByActor'>,
): Note {
  const { world, ids, workspaceId, actor } = author
  return world.transact(() => {
    const note = world.notes.put({ id: ids.uuid(), workspaceId, ...fresh, createdByActor: actor })
    announce(author, 'note.created', note)
    return note
  })
}

/** Changes the title or the content of a note; the parent record stays. */
export function updateNote(
  author: Author,
  note: Note,
  changes: Partial<Pick<Note, 'title' | 'contentPlaintext' | 'contentMarkdown'>>,
): Note {
  const { world } = author
  return world.transact(() => {
    const changed = world.notes.put({ ...note, ...changes })
    if (changes.title !== undefined) announce(author, 'note.updated', changed)
    if (changes.contentMarkdown !== undefined) announce(author, 'note-content.updated', changed)
    return changed
  })
}

export function deleteNote(author: Author, note: Note): void {
  author.world.transact(() => {
    author.world.notes.remove(note.id)
    announce(author, 'note.deleted', note)
  })
}

function announce({ world, actor }: Author, type: EventType, note: Note): void {
  world.emit({
    event_type: type,
    id: { workspace_id: note.workspaceId, note_id: note.id },
    parent_object_id: note.parentObjectId,
    parent_record_id: note.parentRecordId,
    actor,
  })
}
