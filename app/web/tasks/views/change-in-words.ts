// Puts a change, and the reason why it failed, in words.
import type { ChangeInList, ChangeProblem, TaskPatch } from '../../../tasks/changes.ts'
import { dueInstant, type Deadline } from '../../../tasks/tasks.ts'
import { scopeInWords } from '../../ui/scopes.ts'
import { counted, deadlineInWords, listInWords, type PageReader } from '../../ui/words.ts'

export type ShownChange = Pick<ChangeInList, 'kind' | 'content' | 'wanted'>

/** Returns the requested change in words, such as "Complete", "Due tomorrow" or "Delete". */
export function wantedInWords(change: ShownChange, reader: PageReader): string {
  return changeInWords(change, reader, wantedWords)
}

/** Returns a change that Attio has in words, such as "Completed", "Due tomorrow" or "Added". */
export function doneInWords(change: ShownChange, reader: PageReader): string {
  return changeInWords(change, reader, doneWords)
}

const wantedWords = {
  create: 'add',
  delete: 'delete',
  replace: 'edit',
  note: 'add note',
  complete: 'complete',
  reopen: 'reopen',
  removeDueDate: 'remove due date',
  assignees: 'change assignees',
  records: 'change linked records',
  nothing: 'change',
}

const doneWords = {
  create: 'added',
  delete: 'deleted',
  replace: 'edited',
  note: 'added note',
  complete: 'completed',
  reopen: 'reopened',
  removeDueDate: 'removed due date',
  assignees: 'changed assignees',
  records: 'changed linked records',
  nothing: 'changed',
} satisfies typeof wantedWords

function changeInWords(
  { kind, wanted }: ShownChange,
  reader: PageReader,
  words: typeof wantedWords,
): string {
  const parts = kind === 'update' ? partsOfPatch(wanted, reader, words) : [words[kind]]
  const text = listInWords(parts.length === 0 ? [words.nothing] : parts)
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

function partsOfPatch(
  { deadlineAt, isCompleted, assigneeIds, linkedRecords }: TaskPatch,
  reader: PageReader,
  words: typeof wantedWords,
): readonly string[] {
  return [
    isCompleted === undefined ? [] : [isCompleted ? words.complete : words.reopen],
    deadlineAt === undefined
      ? []
      : [deadlineAt === null ? words.removeDueDate : `due ${dateOf(deadlineAt, reader)}`],
    assigneeIds === undefined ? [] : [words.assignees],
    linkedRecords === undefined ? [] : [words.records],
  ].flat()
}

function dateOf(deadline: Deadline, reader: PageReader): string {
  return deadlineInWords(dueInstant(deadline, reader.timeZone), reader).text
}

/** `missingScopes` are the permissions that the connection lacks. */
export function problemInWords(
  problem: ChangeProblem | undefined,
  missingScopes: readonly string[],
  noun: 'task' | 'note' = 'task',
): string {
  switch (problem?.kind) {
    case undefined:
      return 'It didn’t reach Attio.'
    case 'conflict':
      return `Someone changed ${listInWords(problem.fields.map((field) => fieldNames[field]))} in Attio first, so theirs was kept.`
    case 'left-out':
      return leftOutInWords(problem.fields)
    case 'gone':
      return 'The task is no longer in Attio.'
    case 'forbidden':
      return missingScopes.length === 0
        ? saidByAttio(problem.said)
        : `Attio doesn’t allow it: ${areMissing(missingScopes)} in Attio’s dashboard.`
    case 'refused':
      return saidByAttio(problem.said)
    case 'ambiguous':
      return `Attio’s answer was lost, and ${counted(problem.candidates, noun)} there ${problem.candidates === 1 ? 'looks' : 'look'} like this one. Check in Attio before you try again.`
    case 'left-twin':
      return `The copy is saved, but the old task couldn’t be deleted. ${saidByAttio(problem.said)}`
  }
}

function leftOutInWords(fields: readonly (keyof TaskPatch)[]): string {
  return fields.includes('linkedRecords')
    ? 'Attio dropped a link without saying why. The record may have been deleted.'
    : 'Attio left an assignee out without saying why.'
}

const fieldNames = {
  deadlineAt: 'the due date',
  isCompleted: 'the status',
  assigneeIds: 'the assignees',
  linkedRecords: 'the linked records',
} satisfies Record<keyof TaskPatch, string>

function saidByAttio(said: string): string {
  return said === '' ? 'Attio refused it without a reason.' : `Attio said: “${said}”`
}

/** Returns a text such as “Tasks: Read-write” is missing. */
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
