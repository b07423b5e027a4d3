// The bar shown while rows are selected. It applies one action to all of them, shows progress, and lists each failure
// until it is tried again or dismissed.
import { openAssigneePopover, type Member } from '../in-place/assignee-popover.ts'
import { openDatePopover } from '../in-place/date-popover.ts'
import { element } from '../in-place/element.ts'
import { openRecordPopover } from '../in-place/record-popover.ts'
import { showAssignees, showDate, showRecord } from '../in-place/show-in-row.ts'
import { listFields, membersOf, taskOf, type RowTask } from '../in-place/row.ts'
import { showCompleted } from '../rows/leaving-rows.ts'
import { rowsBefore } from '../rows/rows-before.ts'
import { focusPlace } from '../rows/rows.ts'
import { pageShown } from '../show-page.ts'
import { say } from '../show-toast.ts'
import {
  attemptAll,
  failures,
  isBulkSending,
  onFailuresChange,
  type Attempt,
  type Failure,
  type Target,
} from './bulk-attempts.ts'
import { failureList } from './failure-list.ts'
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

let bar: HTMLElement | undefined

export function showSelectionBar(): void {
  onSelectionChange(render)
  onFailuresChange(render)
}

/** Applies the action to all selected tasks. Returns false when none is selected. */
export function actOnSelection(action: BulkAction): boolean {
  const tasks = selectedTasks()
  if (tasks.length === 0 || bar === undefined) return false
  if (isBulkSending()) return true
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
          send(tasks, [['action', 'deadline'], ...fields], {
            show: (row) => showDate(row, text),
            inWords: (count) =>
              text === '' ? `Due date removed from ${count}` : `${count} moved to ${text}`,
          }),
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
        openRecordPopover(anchor, connectionId, (record) => {
          const { targetObject, recordId, name } = record
          const fields = [
            ['action', 'linked-records'],
            ['targetObject', targetObject],
            ['recordId', recordId],
          ] as const
          send(tasks, fields, {
            show: (row) => showRecord(row, record),
            inWords: (count) => `Linked ${count} to ${name}`,
          })
        }),
      )
      return true
    case 'completion':
      send(tasks, [['action', 'completion']], {
        show: showCompleted,
        inWords: (count) => `Completed ${count}`,
      })
      return true
    case 'deletion':
      send(tasks, [['action', 'deletion']], {
        show: () => {},
        inWords: (count) => `Deleted ${count}`,
      })
      return true
  }
}

/** Replaces the assignees that the rows show; others, added in Attio meanwhile, stay. */
function assign(tasks: readonly RowTask[], members: readonly Member[]): void {
  const fields = members.map(({ memberId }) => ['assignee[]', memberId] as const)
  const names = members.map(({ name }) => name).join(', ')
  const memberIds = members.map(({ memberId }) => memberId)
  send(tasks, [['action', 'assignees'], ...fields], {
    show: (row) => showAssignees(row, memberIds, members),
    inWords: (count) => `Assigned ${count} to ${names}`,
  })
}

function inOneWorkspace(tasks: readonly RowTask[], act: (connectionId: string) => void): void {
  const [first, ...others] = new Set(tasks.map(({ connectionId }) => connectionId))
  if (first === undefined) return
  if (others.length > 0) say('Members and records differ by workspace. Select tasks of one.')
  else act(first)
}

function send(
  tasks: readonly RowTask[],
  fields: readonly (readonly [string, string])[],
  { inWords, show }: { readonly show: (row: HTMLElement) => void } & Pick<Attempt, 'inWords'>,
): void {
  const attempt = { fields: [...listFields(), ...fields], inWords }
  const before = rowsBefore(tasks.map(({ row }) => row))
  const targets = tasks.map(targetOf)
  const showNow = (): void => {
    for (const { copy } of before) {
      const row = document.getElementById(copy.id)
      if (row === null) continue
      show(row)
    }
  }
  showNow()
  // The page may be refetched while the changes are being sent.
  document.addEventListener(pageShown, showNow)
  void attemptAll(targets, attempt, {
    before,
    progress: (done) => progress(done, tasks.length),
    sent: () => document.removeEventListener(pageShown, showNow),
  }).finally(clearSelection)
}

function targetOf(task: RowTask): Target {
  return {
    name: `${task.connectionId}/${task.taskId}`,
    rowId: task.row.id,
    text: task.row.querySelector('.what')?.textContent?.trim() ?? '',
    members: membersOf(task),
  }
}

function progress(done: number, all: number): void {
  const words = bar?.querySelector('.count')
  if (words !== null && words !== undefined && all > 25) words.textContent = `${done} of ${all}…`
}

function selectedTasks(): readonly RowTask[] {
  return selectedRows().flatMap((row) => taskOf(row) ?? [])
}

function render(): void {
  const count = selectedRows().length
  markRows()
  if (count === 0 && failures().length === 0) {
    const hadFocus = bar?.contains(document.activeElement) === true
    bar?.remove()
    bar = undefined
    if (hadFocus) focusPlace()
    return
  }
  bar ??= createBar()
  if (!bar.isConnected) document.body.append(bar)
  bar.setAttribute('aria-label', count === 0 ? 'Tasks not changed' : 'Selected tasks')
  renderFailures(bar)
  const actions = bar.querySelector<HTMLElement>('.actions')
  if (actions !== null) actions.hidden = count === 0
  const words = bar.querySelector('.count')
  if (words !== null) words.textContent = `${count} selected`
}

let listed: readonly Failure[] = []

/** Draws the list only when it has changed, so that the focus stays on its buttons. */
function renderFailures(bar: HTMLElement): void {
  const part = bar.querySelector('.failed')
  if (part === null || listed === failures()) return
  const hadFocus = part.contains(document.activeElement)
  listed = failures()
  part.replaceChildren(failureList(listed))
  if (hadFocus) part.querySelector<HTMLElement>('li button')?.focus()
}

/** Marks the rows of tasks that could not be changed; a row that gives a reason itself stays marked. */
function markRows(): void {
  const ids = new Set(failures().map(({ target }) => target.rowId))
  for (const row of document.querySelectorAll<HTMLElement>('main .task[id]')) {
    if (row.querySelector('.refusal') === null) row.toggleAttribute('data-refused', ids.has(row.id))
  }
}

function createBar(): HTMLElement {
  const actions = element(
    'div',
    { class: 'actions' },
    element('span', { class: 'count', role: 'status' }),
  )
  for (const action of bulkActions) {
    const [label, key] = labels[action]
    const button = element(
      'button',
      { type: 'button', 'data-action': action },
      label,
      element('kbd', { 'aria-hidden': 'true' }, key),
    )
    button.addEventListener('click', () => actOnSelection(action))
    actions.append(button)
  }
  const close = element(
    'button',
    { type: 'button' },
    element('kbd', { 'aria-hidden': 'true' }, 'Esc'),
    element('span', { class: 'cross', 'aria-hidden': 'true' }, 'Cancel'),
    element('span', { class: 'visually-hidden' }, 'Clear the selection'),
  )
  close.addEventListener('click', () => clearSelection())
  actions.append(close)
  listed = []
  const attributes = { class: 'selection', role: 'region', 'data-script': '' }
  const made = element('div', attributes, element('div', { class: 'failed' }), actions)
  // Toasts stay above the bar, however long its list is.
  new ResizeObserver(() => {
    document.body.style.setProperty('--bar', `${made.offsetHeight}px`)
  }).observe(made)
  return made
}
