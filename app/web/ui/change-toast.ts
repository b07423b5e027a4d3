// The toasts after changing a task, with Undo for ten seconds.
import { addressOf, paths } from '../addresses.ts'
import { html, type Html } from './html.ts'
import { counted } from './words.ts'

/** Every way in which a person can change a task. */
export const changeKinds = [
  'added',
  'completed',
  'completed-with-note',
  'note-added',
  'reopened',
  're-dated',
  'reassigned',
  'linked',
  'unlinked',
  'deleted',
  'replaced',
] as const
export type ChangeWords = (typeof changeKinds)[number]

/** Reasons shown in a toast; reasons about a text are shown beside its field. */
export const refusalKinds = [
  'changed-since',
  'no-such-task',
  'too-many-open',
  'read-only',
  'needs-reconnect',
  'unknown-member',
  'may-not-link',
] as const

export type ChangeToast =
  | {
      readonly kind: 'changed'
      readonly what: ChangeWords
      readonly content: string
      /** the new due date in words, the record's name, or the new assignees in words */
      readonly detail?: string | undefined
      readonly changeId: string
      /** the id of an added task, so that the toast can link to it */
      readonly connectionId?: string | undefined
    }
  | {
      /** several tasks were moved to today */
      readonly kind: 'moved'
      readonly count: number
      /** overdue tasks that are left, because they could not be moved or are too many */
      readonly left: number
      /** names the changes for Undo */
      readonly batch: string
    }
  | {
      readonly kind:
        | 'undone'
        /** true when Attio already had the change, so that a change back is being sent */
        | 'undoing'
        | 'undo-too-late'
        | 'unchanged'
        | 'sent-again'
        | 'discarded'
        | 'no-longer-refused'
    }
  | {
      readonly kind: 'not-changed'
      readonly refusal: (typeof refusalKinds)[number]
      /** who changed it since, when that happened in Taskr: the reader, or a colleague by name */
      readonly by?: 'you' | { readonly name: string } | undefined
    }

const kinds: ReadonlySet<string> = new Set<ChangeToast['kind']>([
  'changed',
  'moved',
  'undone',
  'undoing',
  'undo-too-late',
  'unchanged',
  'sent-again',
  'discarded',
  'no-longer-refused',
  'not-changed',
])

export function isChangeToast(
  toast: ChangeToast | { readonly kind: string },
): toast is ChangeToast {
  return kinds.has(toast.kind)
}

/** Undoes every change of a batch at once. */
export function undoBatchForm(
  { batch, count }: { readonly batch: string; readonly count: number },
  returnTo: string,
): Html {
  return html`<form
    class="undo"
    method="post"
    action="${paths.overdueUndoing}"
    data-morph
    data-batch
  >
    <input type="hidden" name="returnTo" value="${returnTo}" />
    <input type="hidden" name="batch" value="${batch}" />
    <input type="hidden" name="count" value="${count}" />
    <button type="submit" aria-keyshortcuts="z">Undo</button>
    <kbd aria-hidden="true">z</kbd>
  </form>`
}

/** The style sheet hides the button after ten seconds. */
export function undoForm(changeId: string, returnTo: string): Html {
  return html`<form
    class="undo"
    method="post"
    action="${addressOf(paths.undoing, { changeId })}"
    data-morph
  >
    <input type="hidden" name="returnTo" value="${returnTo}" />
    <button type="submit" aria-keyshortcuts="z">Undo</button>
    <kbd aria-hidden="true">z</kbd>
  </form>`
}

export function changeToastInWords(toast: ChangeToast): Html {
  switch (toast.kind) {
    case 'changed':
      return whatHappened(toast)
    case 'moved':
      return html`${counted(toast.count, 'task')} moved to
      today${toast.left === 0 ? '' : ` · ${counted(toast.left, 'task')} still overdue`}`
    case 'undone':
      return html`Undone.`
    case 'undoing':
      return html`Undone. Updating Attio…`
    case 'undo-too-late':
      return html`Too late to undo.`
    case 'unchanged':
      return html`Nothing to change.`
    case 'sent-again':
      return html`Sending to Attio again.`
    case 'discarded':
      return html`Discarded your change.`
    case 'no-longer-refused':
      return html`Already taken care of.`
    case 'not-changed':
      if (toast.by === undefined) return html`${refusalInWords(toast.refusal)}`
      if (toast.by === 'you') return html`Not undone. You changed it since.`
      return html`Not undone. <bdi>${toast.by.name}</bdi> changed it since.`
  }
}

export function refusalInWords(refusal: (typeof refusalKinds)[number]): string {
  return refusals[refusal]
}

const refusals = {
  'changed-since': 'Not undone. Someone changed it since.',
  'no-such-task': 'Not saved. That task is gone.',
  'too-many-open': 'Not saved. Too many changes are still being sent. Try again later.',
  'read-only': 'Not saved. That workspace is read-only.',
  'needs-reconnect': 'Not saved. Reconnect that workspace first.',
  'may-not-link': 'Not saved. Your seat doesn’t include linking records.',
  'unknown-member': 'Not saved. Someone you chose has left that workspace.',
} satisfies Record<(typeof refusalKinds)[number], string>

function whatHappened(toast: ChangeToast & { readonly kind: 'changed' }): Html {
  const { detail } = toast
  switch (toast.what) {
    case 'added':
      return html`Added ${task(toast)}${detail === undefined ? '' : html`, due ${detail}`}`
    case 'completed':
      return html`Completed ${task(toast)}`
    case 'completed-with-note':
      return html`Completed ${task(toast)} with a note`
    case 'note-added':
      return html`Note added: ${task(toast)}`
    case 'reopened':
      return html`Reopened ${task(toast)}`
    case 're-dated':
      return detail === undefined
        ? html`Due date removed: ${task(toast)}`
        : html`Due ${detail}: ${task(toast)}`
    case 'reassigned':
      return html`${task(toast)} is now ${detail ?? 'reassigned'}`
    case 'linked':
      return html`Linked ${task(toast)} to <bdi>${detail ?? 'the record'}</bdi>`
    case 'unlinked':
      return html`Unlinked ${task(toast)} from <bdi>${detail ?? 'the record'}</bdi>`
    case 'deleted':
      return html`Deleted ${task(toast)}`
    case 'replaced':
      return html`Saved as a copy: ${task(toast)}`
  }
}

function task({ content }: { readonly content: string }): Html {
  return html`“<bdi>${content}</bdi>”`
}
