// The bar shown while rows are selected. It applies one action to all of them, shows progress, and lists each failure
// until it is tried again or dismissed.
import { element, keyButton } from '../in-place/element.ts'
import { chooseChange, type TaskPart } from '../in-place/choose-change.ts'
import { showCompletion, showDeleted, type ShowChange } from '../in-place/show-in-row.ts'
import { showUntilAnswered } from '../in-place/until-answered.ts'
import { listFields, membersOf, taskOf, type RowTask } from '../in-place/row.ts'
import { focusPlace } from '../rows/rows.ts'
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
  const choose = (part: TaskPart, connectionId: string): void =>
    chooseChange(part, anchor, { connectionId, assigned: [] }, ({ resource, ...change }) =>
      send(tasks, resource, change),
    )
  switch (action) {
    case 'date':
      choose(action, '')
      return true
    case 'assignees':
    case 'records':
      inOneWorkspace(tasks, (connectionId) => choose(action, connectionId))
      return true
    case 'completion':
      send(tasks, action, {
        show: (shown) => showCompletion(shown, true),
        leaving: 'leaving',
        inWords: (count) => `Completed ${count}`,
      })
      return true
    case 'deletion':
      send(tasks, action, { show: showDeleted, inWords: (count) => `Deleted ${count}` })
      return true
  }
}

function inOneWorkspace(tasks: readonly RowTask[], act: (connectionId: string) => void): void {
  const [first, ...others] = new Set(tasks.map(({ connectionId }) => connectionId))
  if (first === undefined) return
  if (others.length > 0) say('Members and records differ by workspace. Select tasks of one.')
  else act(first)
}

function send(
  tasks: readonly RowTask[],
  action: string,
  {
    fields = [],
    inWords,
    leaving,
    show,
  }: { readonly show: ShowChange; readonly leaving?: 'leaving' } & Pick<Attempt, 'inWords'> &
    Partial<Pick<Attempt, 'fields'>>,
): void {
  const attempt: Attempt = {
    fields: [...listFields(), ['action', action], ...fields],
    inWords,
  }
  const targets = tasks.map(targetOf)
  const shown = showUntilAnswered(
    tasks.map(({ row }) => row.id),
    show,
    leaving,
  )
  void attemptAll(targets, attempt, {
    before: shown.before,
    progress: (done) => progress(done, tasks.length),
    sent: shown.end,
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
    const button = keyButton(label, key, { 'data-action': action })
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
