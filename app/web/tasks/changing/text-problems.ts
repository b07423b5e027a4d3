// Why a text was refused, for the form that it came from.
import type { Recorded } from '../../../tasks/changes.ts'

export function textProblem(recorded: Recorded): string | undefined {
  if (recorded.kind !== 'refused') return undefined
  if (recorded.refusal === 'text-missing') return 'Write what there is to do.'
  if (recorded.refusal === 'text-too-long') return 'Attio takes at most 2,000 characters.'
  return undefined
}

/** A new task comes back whatever it was refused for: what was typed stands nowhere else. */
export function newTaskProblem(recorded: Recorded): string | undefined {
  if (recorded.kind !== 'refused') return undefined
  switch (recorded.refusal) {
    case 'read-only':
      return 'Taskr may only read in that workspace.'
    case 'needs-reconnect':
      return 'Reconnect that workspace first: it no longer trusts Taskr.'
    case 'unknown-member':
      return 'You are not in that workspace any more, so it cannot be yours.'
    case 'no-such-connection':
    case 'no-such-task':
      return undefined
    case 'text-missing':
    case 'text-too-long':
      return textProblem(recorded)
  }
}
