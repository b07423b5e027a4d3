// Answers a recorded change with a redirect to the page the person was on, and a toast that offers Undo.
import type { ChangeInList, ChangeRefusal, Recorded } from '../../../tasks/changes.ts'
import { leaveToast } from '../../toast-cookie.ts'
import { Problem } from '../../problem.ts'
import type { ChangeWords } from '../../ui/change-toast.ts'
import { shortText, taskTitle } from '../../ui/words.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'

export interface ChangeAnswer {
  readonly what: ChangeWords
  /** The new due date in words, the record's name, or the new assignees in words. */
  readonly detail?: string | undefined
  readonly returnTo: string
}

export function answerChange(
  parts: RouteParts,
  context: WebContext,
  recorded: Recorded,
  { what, detail, returnTo }: ChangeAnswer,
): Response {
  switch (recorded.kind) {
    case 'recorded':
      leaveToast(parts.cookies, context, {
        kind: 'changed',
        what,
        content: contentOf(recorded.change),
        detail: detail === undefined ? undefined : shortText(detail, 60),
        changeId: recorded.change.changeId,
        ...(what === 'added' ? { connectionId: recorded.change.connectionId } : {}),
      })
      break
    case 'unchanged':
      leaveToast(parts.cookies, context, { kind: 'unchanged' })
      break
    case 'refused':
      leaveToast(parts.cookies, context, {
        kind: 'not-changed',
        refusal: refusalOf(recorded.refusal),
      })
  }
  return context.redirect(returnTo, 303)
}

export function contentOf({ content }: Pick<ChangeInList, 'content'>): string {
  return shortText(taskTitle(content), 60)
}

export function refusalOf(refusal: ChangeRefusal) {
  switch (refusal) {
    case 'no-such-connection':
      throw new Problem({ kind: 'not-found' })
    // Forms with a text field show these beside the field.
    case 'text-missing':
    case 'text-too-long':
    case 'may-not-note':
    case 'note-too-long':
    case 'not-linked':
      throw new Problem({ kind: 'bad-request' })
    case 'no-such-task':
    case 'too-many-open':
    case 'read-only':
    case 'needs-reconnect':
    case 'unknown-member':
    case 'may-not-link':
      return refusal
  }
}
