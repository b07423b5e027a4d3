// A person's request to change an existing task, compared with what they see.
import type { MirroredTask } from '../rows/task-row.ts'
import type { TaskPatch } from '../change-rows/change.ts'
import type { NoteWish } from './write-note.ts'
import { editLists, fieldsOf, isList, only, sameField } from '../change-rows/same-field.ts'
import type { Fields } from '../change-rows/stored-change.ts'

/** A person's request to change an existing task. */
export type Wish =
  | {
      readonly kind: 'update'
      readonly patch: TaskPatch
      /** The lists that the page showed; the patch's lists say what the person made of them. */
      readonly seen?: TaskPatch | undefined
      /** For an undo: the values to take back. A field that has another value by now stays as it is. */
      readonly over?: TaskPatch
      /** A note on a linked record, which is sent after the update. */
      readonly note?: NoteWish
    }
  | { readonly kind: 'delete' }
  | { readonly kind: 'replace'; readonly content: string }

/**
 * Keeps the fields that differ from what the person sees, and the values they see, so that conflicts can be found.
 */
export function compareWithShown(
  shown: MirroredTask,
  wish: Wish,
): { readonly wanted: Fields; readonly base: Fields } {
  const { content } = shown
  switch (wish.kind) {
    case 'delete':
      return { wanted: {}, base: { content } }
    case 'replace': {
      const text = plainText(wish.content)
      return { wanted: text === plainText(content) ? {} : { content: text }, base: { content } }
    }
    case 'update': {
      const { patch, over, seen = over } = wish
      const wanted = { ...patch, ...editLists(shown, { from: seen ?? shown, to: patch }) }
      const fields = fieldsOf(wanted).filter((field) => {
        const isStillSo = over === undefined || isList(field) || sameField(field, over, shown)
        return isStillSo && !sameField(field, wanted, shown)
      })
      return { wanted: only(wanted, fields), base: { content, ...only(shown, fields) } }
    }
  }
}

/** Makes texts comparable: a form sends line ends as CR LF, and outer spaces do not count. */
function plainText(content: string): string {
  return content.replaceAll('\r\n', '\n').trim()
}
