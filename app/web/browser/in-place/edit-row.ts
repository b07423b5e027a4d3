// Opens the popovers of a row, and shows the choice in the row at once.
import { readMembersOnce } from './assignee-popover.ts'
import { assignment, chooseChange, type ChosenChange, type TaskPart } from './choose-change.ts'
import { membersOf, resourceOf, taskOf, type RowTask } from './row.ts'
import { sendEdit } from './send-edit.ts'

const anchors = {
  date: '.when',
  assignees: '.whose',
  records: '.records',
} as const satisfies Record<TaskPart, string>

/** Opens the popover for a part of the row. Returns false when the row cannot be changed. */
export function editRow(row: HTMLElement | undefined, part: TaskPart): boolean {
  const task = taskOf(row)
  if (task === undefined) return false
  const anchor = task.row.querySelector<HTMLElement>(anchors[part]) ?? task.row
  const assigned = membersOf(task)
  const chosen = task.row.querySelector<HTMLElement>('.when')?.dataset['day'] || undefined
  const { connectionId } = task
  chooseChange(part, anchor, { connectionId, assigned, chosen }, (change) =>
    send(task, change, assigned),
  )
  return true
}

/** Assigns the task to the person themselves (Shift-A). Returns false when the row cannot be changed. */
export function assignToMe(row: HTMLElement | undefined): boolean {
  const task = taskOf(row)
  if (task === undefined) return false
  void readMembersOnce(task.connectionId).then(({ members }) => {
    const me = members.filter(({ isMe }) => isMe)
    const memberIds = me.map(({ memberId }) => memberId)
    if (me.length > 0) send(task, assignment(memberIds, me), membersOf(task))
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

/** `assigned` is what the row showed when the person began. */
function send(
  task: RowTask,
  { fields, resource, show }: ChosenChange,
  assigned: readonly string[],
): void {
  void sendEdit({
    id: task.row.id,
    address: resourceOf(task, resource),
    fields: resource === 'assignees' ? [['shown', assigned.join(' ')], ...fields] : fields,
    show,
  })
}
