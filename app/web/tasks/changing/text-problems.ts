// Words the reason why a text was refused, for the message beside its field.
import type { Recorded } from '../../../tasks/changes.ts'

export function textProblem(recorded: Recorded): string | undefined {
  if (recorded.kind !== 'refused') return undefined
  if (recorded.refusal === 'text-missing') return 'Enter a task.'
  if (recorded.refusal === 'text-too-long') return 'Too long: Attio allows 2,000 characters.'
  return undefined
}

/** Words any refusal of a new task for the message beside its field, so that the text is never lost. */
export function newTaskProblem(recorded: Recorded): string | undefined {
  if (recorded.kind !== 'refused') return undefined
  switch (recorded.refusal) {
    case 'read-only':
      return 'Read-only in that workspace.'
    case 'needs-reconnect':
      return 'Taskr lost access to that workspace. Reconnect it first.'
    case 'unknown-member':
      return 'You’ve left that workspace, so it can’t be assigned to you.'
    case 'may-not-link':
      return 'Your seat there doesn’t include linking records.'
    case 'too-many-open':
      return 'Too many changes are still being sent. Try again later.'
    case 'no-such-connection':
      return 'That workspace is no longer connected.'
    case 'text-missing':
    case 'text-too-long':
      return textProblem(recorded)
    case 'no-such-task':
    // A new task has no note.
    case 'may-not-note':
    case 'note-too-long':
    case 'not-linked':
      return undefined
  }
}

/** Words any refusal of a note for the message beside its field, so that the text is never lost. */
export function noteProblem(recorded: Recorded): string | undefined {
  if (recorded.kind !== 'refused') return undefined
  switch (recorded.refusal) {
    case 'may-not-note':
      return 'Attio doesn’t let Taskr write notes in this workspace.'
    case 'may-not-link':
      return 'Your seat doesn’t include notes on records.'
    case 'note-too-long':
      return 'Too long: a note can have 10,000 characters.'
    case 'not-linked':
      return 'That record is no longer linked to this task. Choose another.'
    case 'unknown-member':
    case 'text-missing':
    case 'text-too-long':
    case 'no-such-connection':
    case 'no-such-task':
      return undefined
    case 'read-only':
    case 'needs-reconnect':
    case 'too-many-open':
      return newTaskProblem(recorded)
  }
}
