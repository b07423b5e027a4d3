// The bar shown while rows are selected. It applies one action to all of them, shows progress, and names each failure.
import { openAssigneePopover, type Member } from '../in-place/assignee-popover.ts'
import { openDatePopover } from '../in-place/date-popover.ts'
import { element } from '../in-place/element.ts'
import { listOf, textOf } from '../in-place/fetch-json.ts'
import { openRecordPopover } from '../in-place/record-popover.ts'
import { listFields, membersOf, taskOf, type RowTask } from '../in-place/row.ts'
import { whyNot } from '../offline.ts'
import { say } from '../show-toast.ts'
import { post, rememberUndo, showAgain, undoLast } from '../undo-stack.ts'
import { clearSelection, onSelectionChange, selectedRows } from './selection.ts'

export const bulkActions = ['date', 'assignees', 'records', 'completion', 'deletion'] as const
export type BulkAction = (typeof bulkActions)[number]

const labels = {
  date: ['Date', 'd'],
  assignees: ['Assign', 'a'],
  records: ['Link', 'l'],
  completion: ['Complete', 'e'],
  deletion: ['Delete', '⌫'],
} as const satisfies Record<BulkAction, readonly [string, string]>

const batchSize = 25

let bar: HTMLElement | undefined
let isSending = false

export function showSelectionBar(): void {
  onSelectionChange(render)
}

/** Applies the action to all selected tasks. Returns false when none is selected. */
export function actOnSelection(action: BulkAction): boolean {
  const tasks = selectedTasks()
  if (tasks.length === 0 || bar === undefined) return false
  if (isSending) return true
  const anchor = bar.querySelector<HTMLElement>(`[data-action="${action}"]`) ?? bar
  switch (action) {
    case 'date':
      openDatePopover(
        anchor,
        {
          today: document.querySelector<HTMLElement>('main')?.dataset['today'] ?? '',
          chosen: undefined,
        },
        ({ fields, text }) =>
          void send(tasks, [['action', 'deadline'], ...fields], (count) =>
            text === '' ? `Due date removed from ${count}` : `${count} moved to ${text}`,
          ),
      )
      return true
    case 'assignees':
      inOneWorkspace(tasks, (connectionId) =>
        openAssigneePopover(anchor, { connectionId, assigned: [] }, (_, members) =>
          assign(tasks, members),
        ),
      )
      return true
    case 'records':
      inOneWorkspace(tasks, (connectionId) =>
        openRecordPopover(
          anchor,
          connectionId,
          ({ targetObject, recordId, name }) =>
            void send(
              tasks,
              [
                ['action', 'linked-records'],
                ['targetObject', targetObject],
                ['recordId', recordId],
              ],
              (count) => `Linked ${count} to ${name}`,
            ),
        ),
      )
      return true
    case 'completion':
      void send(tasks, [['action', 'completion']], (count) => `Completed ${count}`)
      return true
    case 'deletion':
      void send(tasks, [['action', 'deletion']], (count) => `Deleted ${count}`)
      return true
  }
}

/** Replaces the assignees that the rows show; others, added in Attio meanwhile, stay. */
function assign(tasks: readonly RowTask[], members: readonly Member[]): void {
  const fields = members.map(({ memberId }) => ['assignee[]', memberId] as const)
  const names = members.map(({ name }) => name).join(', ')
  void send(tasks, [['action', 'assignees'], ...fields], (count) => `Assigned ${count} to ${names}`)
}

function inOneWorkspace(tasks: readonly RowTask[], act: (connectionId: string) => void): void {
  const [first, ...others] = new Set(tasks.map(({ connectionId }) => connectionId))
  if (first === undefined) return
  if (others.length > 0) say('Members and records differ by workspace. Select tasks of one.')
  else act(first)
}

async function send(
  tasks: readonly RowTask[],
  fields: readonly (readonly [string, string])[],
  inWords: (count: string) => string,
): Promise<void> {
  isSending = true
  const action = fields.find(([name]) => name === 'action')?.[1]
  const changed: string[] = []
  const refused: { readonly task: string; readonly reason: string }[] = []
  let lost = 0
  for (const { row } of tasks) row.dataset['saving'] = ''
  for (let at = 0; at < tasks.length; at += batchSize) {
    progress(at, tasks.length)
    const batch = tasks.slice(at, at + batchSize)
    const body = new URLSearchParams(
      [...listFields(), ...fields].map(([name, value]) => [name, value]),
    )
    for (const task of batch) {
      const name = `${task.connectionId}/${task.taskId}`
      body.append('task[]', name)
      if (action === 'assignees') body.append('shown[]', [name, ...membersOf(task)].join(' '))
    }
    const answer = await post('/tasks/bulk', body)
    if (answer === undefined) {
      lost = tasks.length - at
      break
    }
    changed.push(...listOf(answer, 'changed').filter((id) => typeof id === 'string'))
    for (const one of listOf(answer, 'refused')) {
      refused.push({ task: textOf(one, 'task'), reason: textOf(one, 'reason') })
    }
  }
  isSending = false
  rememberUndo(changed)
  clearSelection()
  await showAgain()
  for (const one of refused) showRefusal(one)
  if (lost > 0) say(`${whyNot()} ${lost} of ${tasks.length} not saved.`)
  else if (changed.length === 0 && refused.length === 0) say('Nothing to change.')
  else say(inWords(counted(changed.length)), changed.length > 0 ? { undo: undoLast } : {})
}

function counted(tasks: number): string {
  return tasks === 1 ? '1 task' : `${tasks} tasks`
}

function showRefusal({ task, reason }: { readonly task: string; readonly reason: string }): void {
  const row = document.getElementById(`task-${task.split('/')[1] ?? ''}`)
  if (row === null) return
  row.dataset['refused'] = ''
  row.append(element('p', { class: 'refusal', role: 'alert' }, reason))
}

function progress(done: number, all: number): void {
  const words = bar?.querySelector('.count')
  if (words !== null && words !== undefined && all > batchSize)
    words.textContent = `${done} of ${all}…`
}

function selectedTasks(): readonly RowTask[] {
  return selectedRows().flatMap((row) => taskOf(row) ?? [])
}

function render(): void {
  const count = selectedRows().length
  if (count === 0) {
    bar?.remove()
    bar = undefined
    return
  }
  bar ??= createBar()
  if (!bar.isConnected) document.body.append(bar)
  const words = bar.querySelector('.count')
  if (words !== null) words.textContent = `${count} selected`
}

function createBar(): HTMLElement {
  const made = element('div', {
    class: 'selection',
    role: 'region',
    'aria-label': 'Selected tasks',
    'data-script': '',
  })
  made.append(element('span', { class: 'count', role: 'status' }))
  for (const action of bulkActions) {
    const [label, key] = labels[action]
    const button = element(
      'button',
      { type: 'button', 'data-action': action },
      label,
      element('kbd', { 'aria-hidden': 'true' }, key),
    )
    button.addEventListener('click', () => actOnSelection(action))
    made.append(button)
  }
  const close = element(
    'button',
    { type: 'button' },
    element('kbd', {}, 'Esc'),
    element('span', { class: 'visually-hidden' }, ' clears the selection'),
  )
  close.addEventListener('click', () => clearSelection())
  made.append(close)
  return made
}
