// Checks and words the note that a person writes when they complete a task.
import { mayWriteNotes, type Connection } from '../../connections/connections.ts'
import type { Db } from '../../database/tables.ts'
import { hasVisibleCharacter } from '../../support/visible-text.ts'
import { findMembers } from '../names/member-store.ts'
import { nameOf } from '../reading/listed-task.ts'
import type { NewNote } from '../change-rows/change.ts'
import type { MirroredTask } from '../rows/task-row.ts'
import type { ChangeRefusal } from './recorded.ts'

/** assumed: Attio accepts notes of this length; it documents no limit. */
export const longestNote = 10_000
const longestTitle = 200

/** What the person chose and typed. */
export interface NoteWish {
  /** A record that the task is linked to. */
  readonly recordId: string
  readonly text: string
}

/** True when a person may write a note on the linked records of the connection's tasks. */
export function mayNote({ mayLink, scopes }: Pick<Connection, 'mayLink' | 'scopes'>): boolean {
  return mayLink && mayWriteNotes(scopes)
}

export function noteRefusal(connection: Connection, { text }: NoteWish): ChangeRefusal | undefined {
  if (!connection.mayLink) return 'may-not-link'
  if (!mayWriteNotes(connection.scopes)) return 'may-not-note'
  if (!hasVisibleCharacter(text)) return 'text-missing'
  return text.trim().length > longestNote ? 'note-too-long' : undefined
}

/**
 * Returns the note with the task's text as its title, signed with the name of the member, since Attio shows the app as
 * its author. Returns undefined when the task is not linked to the record.
 */
export async function writeNote(
  db: Db,
  { connectionId, memberId }: Connection,
  { content, linkedRecords }: MirroredTask,
  { recordId, text }: NoteWish,
): Promise<NewNote | undefined> {
  const link = linkedRecords.find((one) => one.recordId === recordId)
  if (link === undefined) return undefined
  const [member] =
    memberId === undefined ? [] : await findMembers(db, new Map([[connectionId, [memberId]]]))
  const typed = text.replaceAll('\r\n', '\n').trim()
  const title = `Completed: ${content.trim().replaceAll(/\s+/g, ' ')}`.slice(0, longestTitle)
  return {
    ...link,
    // A character outside the basic plane has two units, of which the first may be the last one left.
    title: title.replace(/[\uD800-\uDBFF]$/, ''),
    text: member === undefined ? typed : `${typed}\n\n${nameOf(member)}`,
  }
}
