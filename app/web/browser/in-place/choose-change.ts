// Opens the popover for a part of one task, or of several, and passes on what was chosen.
import { openAssigneePopover, type Member } from './assignee-popover.ts'
import { openDatePopover } from './date-popover.ts'
import { dueInWords, pageToday } from './due.ts'
import { openRecordPopover } from './record-popover.ts'
import { showAssignees, showDue, showRecord, type ShowChange } from './show-in-row.ts'

export type TaskPart = 'date' | 'assignees' | 'records'

export type ChosenChange = {
  /** the last part of the address of a task's resource */
  readonly resource: string
  readonly fields: readonly (readonly [string, string])[]
  readonly show: ShowChange
  /** Puts what has changed in words; `count` is a text such as "12 tasks". */
  readonly inWords: (count: string) => string
}

export type ChangedTasks = {
  readonly connectionId: string
  /** the assignees before */
  readonly assigned: readonly string[]
  /** the day before, like `2026-11-23` */
  readonly chosen?: string | undefined
}

export function chooseChange(
  part: TaskPart,
  anchor: HTMLElement,
  { assigned, chosen, connectionId }: ChangedTasks,
  apply: (change: ChosenChange) => void,
): void {
  switch (part) {
    case 'date':
      return openDatePopover(anchor, { today: pageToday(), chosen }, ({ due, fields }) =>
        apply({
          resource: 'deadline',
          fields,
          show: (shown) => showDue(shown, due),
          inWords: (count) =>
            due.day === ''
              ? `Due date removed from ${count}`
              : `${count} moved to ${dueInWords(due)}`,
        }),
      )
    case 'assignees':
      return openAssigneePopover(anchor, { connectionId, assigned }, (memberIds, members) =>
        apply(assignment(memberIds, members)),
      )
    case 'records':
      return openRecordPopover(anchor, connectionId, (record) =>
        apply({
          resource: 'linked-records',
          fields: [
            ['targetObject', record.targetObject],
            ['recordId', record.recordId],
          ],
          show: (shown) => showRecord(shown, record),
          inWords: (count) => `Linked ${count} to ${record.name}`,
        }),
      )
  }
}

export function assignment(memberIds: readonly string[], members: readonly Member[]): ChosenChange {
  const names = members.map(({ name }) => name).join(', ')
  return {
    resource: 'assignees',
    fields: memberIds.map((memberId) => ['assignee[]', memberId] as const),
    show: (shown) => showAssignees(shown, memberIds, members),
    inWords: (count) => (names === '' ? `Unassigned ${count}` : `Assigned ${count} to ${names}`),
  }
}
