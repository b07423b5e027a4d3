// A change in words: what was wanted, and why it did not come to be.
import type { ChangeInList, ChangeProblem, TaskPatch } from '../../../tasks/changes.ts'
import { scopeInWords } from '../../ui/scopes.ts'
import { counted, deadlineInWords, listInWords, type Reader } from '../../ui/words.ts'

export type ShownChange = Pick<ChangeInList, 'kind' | 'content' | 'wanted'>

/** "Complete", "New deadline: tomorrow", "Delete": what the person asked for. */
export function wantedInWords({ kind, wanted }: ShownChange, reader: Reader): string {
  switch (kind) {
    case 'create':
      return 'Add'
    case 'delete':
      return 'Delete'
    case 'replace':
      return 'New text'
    case 'update':
      return patchInWords(wanted, reader)
  }
}

function patchInWords(patch: TaskPatch, reader: Reader): string {
  const { deadlineAt, isCompleted, assigneeIds, linkedRecords } = patch
  const parts = [
    isCompleted === undefined ? [] : [isCompleted ? 'Complete' : 'Reopen'],
    deadlineAt === undefined
      ? []
      : [deadlineAt === null ? 'No deadline' : `Deadline ${dateOf(deadlineAt, reader)}`],
    assigneeIds === undefined ? [] : ['New assignees'],
    linkedRecords === undefined ? [] : ['New linked records'],
  ].flat()
  return parts.length === 0 ? 'Change' : listInWords(parts)
}

function dateOf(deadlineAt: number, reader: Reader): string {
  return deadlineInWords(deadlineAt, reader).text
}

/** `missingScopes`: what the connection lacks, when it is Attio that forbids. */
export function problemInWords(
  problem: ChangeProblem | undefined,
  missingScopes: readonly string[],
): string {
  switch (problem?.kind) {
    case undefined:
      return 'It did not reach Attio.'
    case 'conflict':
      return `Somebody changed ${listInWords(problem.fields.map((field) => fieldNames[field]))} in Attio meanwhile: theirs stands.`
    case 'gone':
      return 'The task is no longer in Attio.'
    case 'forbidden':
      return missingScopes.length === 0
        ? `Attio does not allow it. ${saidByAttio(problem.said)}`
        : `Attio does not allow it: ${areMissing(missingScopes)} in Attio’s dashboard.`
    case 'refused':
      return `Attio did not accept it. ${saidByAttio(problem.said)}`
    case 'ambiguous':
      return `Attio’s answer was lost, and ${counted(problem.candidates, 'task')} there ${problem.candidates === 1 ? 'looks' : 'look'} like this one. Look in Attio before you try again.`
    case 'left-twin':
      return `The new task stands, but the old one could not be deleted. ${saidByAttio(problem.said)}`
  }
}

const fieldNames = {
  deadlineAt: 'the deadline',
  isCompleted: 'the completion',
  assigneeIds: 'the assignees',
  linkedRecords: 'the linked records',
} satisfies Record<keyof TaskPatch, string>

function saidByAttio(said: string): string {
  return said === '' ? 'It did not say why.' : `It says: “${said}”`
}

/** “Tasks: Read-write” is missing */
export function areMissing(scopes: readonly string[]): string {
  return `${scopesInWords(scopes)} ${scopes.length === 1 ? 'is' : 'are'} missing`
}

function scopesInWords(scopes: readonly string[]): string {
  return listInWords(
    scopes.map((scope) => {
      const { label, level } = scopeInWords(scope)
      return `“${label}: ${level}”`
    }),
  )
}
