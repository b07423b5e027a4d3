// The words of a row in the search index, and its marks for the filters that are not words.
import { wordsIn } from './words.ts'

/** Marks of tasks: open, not assigned, assigned to a member, linked to a record, created for a member. */
export const openMark = '!open'
export const unassignedMark = '@none'

export function memberMark(memberId: string): string {
  return `@${plainId(memberId)}`
}

export function recordMark(recordId: string): string {
  return `#${plainId(recordId)}`
}

/** Marks a task that Taskr created for a member. */
export function requestedMark(memberId: string): string {
  return `!by-${plainId(memberId)}`
}

export function wordsOfTask(
  task: {
    readonly content: string
    readonly isCompleted: boolean
    readonly assigneeIds: readonly string[]
    readonly linkedRecords: readonly { readonly recordId: string }[]
  },
  requestedBy: string | null = null,
): string {
  const assigned = task.assigneeIds.slice(0, mostMarks).map(memberMark)
  return [
    ...wordsIn(task.content),
    ...(task.isCompleted ? [] : [openMark]),
    ...(assigned.length === 0 ? [unassignedMark] : new Set(assigned)),
    ...(requestedBy === null ? [] : [requestedMark(requestedBy)]),
    ...new Set(task.linkedRecords.slice(0, mostMarks).map(({ recordId }) => recordMark(recordId))),
  ].join(' ')
}

export function wordsOfRecord({ name }: { readonly name: string }): string {
  return wordsIn(name).join(' ')
}

export function wordsOfMember(member: {
  readonly firstName: string
  readonly lastName: string
  readonly emailAddress: string
}): string {
  return wordsIn(`${member.firstName} ${member.lastName} ${member.emailAddress}`).join(' ')
}

/** A task with more assignees or records is found by the first of them. */
const mostMarks = 500

/** IDs are UUIDs. Any other character is written as its code, since a word of the index has few. */
function plainId(id: string): string {
  return id.replaceAll(/[^a-z0-9-]/gu, (character) => `_${character.codePointAt(0)?.toString(16)}_`)
}
