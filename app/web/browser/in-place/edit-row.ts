// Opens the popovers of a row, and shows the choice in the row at once.
import { readMembersOnce, openAssigneePopover, type Member } from './assignee-popover.ts'
import { openDatePopover, type ChosenDate } from './date-popover.ts'
import { openRecordPopover, type LinkableRecord } from './record-popover.ts'
import { membersOf, resourceOf, taskOf, type RowTask } from './row.ts'
import { sendEdit } from './send-edit.ts'
import { showAssignees, showDate, showRecord } from './show-in-row.ts'

export type Part = 'date' | 'assignees' | 'records'

/** Opens the popover for a part of the row. Returns false when the row cannot be changed. */
export function editRow(row: HTMLElement | undefined, part: Part): boolean {
  const task = taskOf(row)
  if (task === undefined) return false
  switch (part) {
    case 'date':
      editDate(task)
      return true
    case 'assignees':
      editAssignees(task)
      return true
    case 'records':
      openRecordPopover(anchorOf(task, '.records'), task.connectionId, (record) =>
        link(task, record),
      )
      return true
  }
}

/** Assigns the task to the person themselves (Shift-A). Returns false when the row cannot be changed. */
export function assignToMe(row: HTMLElement | undefined): boolean {
  const task = taskOf(row)
  if (task === undefined) return false
  void readMembersOnce(task.connectionId).then(({ members }) => {
    const me = members.filter(({ isMe }) => isMe)
    const memberIds = me.map(({ memberId }) => memberId)
    if (me.length > 0) assign(task, { memberIds, members: me, assigned: membersOf(task) })
  })
  return true
}

export function listenToRowParts(): void {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || event.metaKey || event.ctrlKey) return
    // A link inside narrows the list.
    if (event.defaultPrevented) return
    const part = event.target.closest<HTMLElement>('[data-edit]')
    const name = part?.dataset['edit']
    if (part === null || (name !== 'date' && name !== 'assignees' && name !== 'records')) return
    if (editRow(part.closest<HTMLElement>('.task') ?? undefined, name)) event.preventDefault()
  })
}

function editDate(task: RowTask): void {
  const today = document.querySelector<HTMLElement>('main')?.dataset['today'] ?? ''
  const chosen = task.row.querySelector<HTMLElement>('.when')?.dataset['day']
  openDatePopover(anchorOf(task, '.when'), { today, chosen }, (date) => setDate(task, date))
}

function setDate(task: RowTask, { fields, text }: ChosenDate): void {
  void sendEdit({
    row: task.row,
    address: resourceOf(task, 'deadline'),
    fields,
    show: (row) => showDate(row, text),
  })
}

function editAssignees(task: RowTask): void {
  const { connectionId } = task
  const assigned = membersOf(task)
  openAssigneePopover(anchorOf(task, '.whose'), { connectionId, assigned }, (memberIds, members) =>
    assign(task, { memberIds, members, assigned }),
  )
}

/** `assigned` is what the row showed when the person began. */
function assign(
  task: RowTask,
  {
    memberIds,
    members,
    assigned,
  }: {
    readonly memberIds: readonly string[]
    readonly members: readonly Member[]
    readonly assigned: readonly string[]
  },
): void {
  void sendEdit({
    row: task.row,
    address: resourceOf(task, 'assignees'),
    fields: [
      ['shown', assigned.join(' ')],
      ...memberIds.map((memberId) => ['assignee[]', memberId] as const),
    ],
    show: (row) => showAssignees(row, memberIds, members),
  })
}

function link(task: RowTask, record: LinkableRecord): void {
  void sendEdit({
    row: task.row,
    address: resourceOf(task, 'linked-records'),
    fields: [
      ['targetObject', record.targetObject],
      ['recordId', record.recordId],
    ],
    show: (row) => showRecord(row, record),
  })
}

function anchorOf({ row }: RowTask, selector: string): HTMLElement {
  return row.querySelector<HTMLElement>(selector) ?? row
}
