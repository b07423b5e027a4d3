// What is said after a task was changed, with the way back for as long as there is one.
import { addressOf, paths } from '../addresses.ts'
import { html, type Html } from './html.ts'
import type { Toast } from './toast.ts'

/** What happened to a task, for the person who did it. */
export const changeKinds = [
  'added',
  'completed',
  'reopened',
  're-dated',
  'reassigned',
  'linked',
  'unlinked',
  'deleted',
  'replaced',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/** Why nothing happened, where the page that was acted on still stands. */
export const refusalKinds = [
  'no-such-task',
  'read-only',
  'needs-reconnect',
  'unknown-member',
] as const

export type ChangeToast =
  | {
      readonly kind: 'changed'
      readonly what: ChangeKind
      readonly content: string
      /** the new deadline in words, or the record's name */
      readonly detail?: string | undefined
      readonly changeId: string
      /** of a task that was added, so that it can be shown */
      readonly connectionId?: string | undefined
    }
  /** nothing had left; or it had, and a change back is on its way */
  | { readonly kind: 'undone' | 'undoing'; readonly content: string }
  | {
      readonly kind:
        | 'undo-too-late'
        | 'unchanged'
        | 'sent-again'
        | 'discarded'
        | 'no-longer-refused'
    }
  | { readonly kind: 'not-changed'; readonly refusal: (typeof refusalKinds)[number] }

const kinds: ReadonlySet<string> = new Set<ChangeToast['kind']>([
  'changed',
  'undone',
  'undoing',
  'undo-too-late',
  'unchanged',
  'sent-again',
  'discarded',
  'no-longer-refused',
  'not-changed',
])

export function isChangeToast(toast: Toast): toast is ChangeToast {
  return kinds.has(toast.kind)
}

/** The style sheet takes the button away when the ten seconds are over. */
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
    case 'undone':
      return html`${task(toast)} is as it was.`
    case 'undoing':
      return html`${task(toast)} is as it was here. Attio had it already, so the way back is on its
      way.`
    case 'undo-too-late':
      return html`That can no longer be undone: ten seconds are over.`
    case 'unchanged':
      return html`It is so already.`
    case 'sent-again':
      return html`On its way to Attio again.`
    case 'discarded':
      return html`Discarded. The task is as Attio has it.`
    case 'no-longer-refused':
      return html`That was dealt with already.`
    case 'not-changed':
      return html`${refusalInWords(toast.refusal)}`
  }
}

export function refusalInWords(refusal: (typeof refusalKinds)[number]): string {
  return refusals[refusal]
}

const refusals = {
  'no-such-task': 'Nothing was changed: that task is no longer there.',
  'read-only': 'Nothing was changed: Taskr may only read in that workspace.',
  'needs-reconnect': 'Nothing was changed: reconnect that workspace first.',
  'unknown-member': 'Nothing was changed: somebody you chose is not in that workspace any more.',
} satisfies Record<(typeof refusalKinds)[number], string>

function whatHappened(toast: ChangeToast & { readonly kind: 'changed' }): Html {
  const { detail } = toast
  switch (toast.what) {
    case 'added':
      return html`Added ${task(toast)}${detail === undefined ? '' : html`, for ${detail}`}`
    case 'completed':
      return html`Completed ${task(toast)}`
    case 'reopened':
      return html`Reopened ${task(toast)}`
    case 're-dated':
      return detail === undefined
        ? html`${task(toast)} has no date now`
        : html`${task(toast)} is for ${detail} now`
    case 'reassigned':
      return html`New assignees for ${task(toast)}`
    case 'linked':
      return html`Linked ${task(toast)} to <bdi>${detail ?? 'the record'}</bdi>`
    case 'unlinked':
      return html`${task(toast)} is no longer linked to <bdi>${detail ?? 'the record'}</bdi>`
    case 'deleted':
      return html`Deleted ${task(toast)}`
    case 'replaced':
      return html`Replaced with ${task(toast)}`
  }
}

function task({ content }: { readonly content: string }): Html {
  return html`“<bdi>${content}</bdi>”`
}
