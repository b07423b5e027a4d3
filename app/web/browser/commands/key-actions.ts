// What each key does. An action returns whether there was anything to do, so that the browser keeps the other keys.
import { openKeyList } from './key-list.ts'
import { assignToMe, editRow } from '../in-place/edit-row.ts'
import { editText } from '../in-place/edit-text.ts'
import { openSearch } from '../find/search.ts'
import { cardOpened } from '../peek/card-shown.ts'
import { closePanel, peekedRow } from '../peek/peek.ts'
import { currentRow, focusEnd, moveInList } from '../rows/rows.ts'
import { dismissFailures } from '../select/bulk-attempts.ts'
import { actOnSelection } from '../select/selection-bar.ts'
import { clearSelection, selectedRows, selectThrough, toggleSelected } from '../select/selection.ts'
import { undoLast } from '../undo-stack.ts'

/** The row is the focused one, or that of the open panel. */
type Action = (row: HTMLElement | undefined, isShifted: boolean) => boolean

const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['j', () => move(1)],
  ['k', () => move(-1)],
  ['J', () => extend(1)],
  ['K', () => extend(-1)],
  ['ArrowDown', (row, isShifted) => moveByArrow(row, 1, isShifted)],
  ['ArrowUp', (row, isShifted) => moveByArrow(row, -1, isShifted)],
  ['Home', () => focusEnd('first')],
  ['End', () => focusEnd('last')],
  ['g', waitForLetter],
  ...['1', '2', '3', '4', '5', '6'].map((digit) => [digit, () => openView(digit)] as const),
  ['x', select],
  ['Escape', () => clearSelection() || dismissFailures() || closePanel()],
  ['e', (row) => actOnSelection('completion') || press(row?.querySelector('button.checkbox'))],
  ['E', openNote],
  [' ', openFocusedTask],
  ['o', (row) => press(row?.querySelector('.what a'))],
  ['T', () => press(document.querySelector('main .deeds [data-key="T"]'))],
  ['a', (row) => actOnSelection('assignees') || editRow(row, 'assignees')],
  ['A', (row) => assignToMe(row)],
  ['d', (row) => actOnSelection('date') || editRow(row, 'date')],
  ['i', (row) => editText(row)],
  ['F2', (row) => editText(row)],
  ['l', (row) => actOnSelection('records') || editRow(row, 'records')],
  ['Delete', () => actOnSelection('deletion')],
  ['Backspace', () => actOnSelection('deletion')],
  ['n', beginTask],
  ['q', beginTask],
  ['c', beginTask],
  ['z', undo],
  ['/', openSearch],
  ['?', openKeyList],
])

/** Returns whether the key was handled. */
export function act(key: string, isShifted: boolean): boolean {
  if (isGoing) {
    isGoing = false
    return goTo(key)
  }
  const row = currentRow() ?? peekedRow()
  // A page may bring its own keys, as clearing does.
  const own = document.querySelector<HTMLElement>(`main [data-key="${CSS.escape(key)}"]`)
  if (own !== null && row === undefined) return pressOwn(own)
  return actions.get(key)?.(row, isShifted) ?? false
}

/** True after g, which waits for the letter of a view. */
let isGoing = false

function waitForLetter(): boolean {
  isGoing = true
  return true
}

function goTo(letter: string): boolean {
  return press(document.querySelector(`#side [data-key="${CSS.escape(letter)}"]`))
}

function openView(digit: string): boolean {
  return press(document.querySelectorAll('#side nav.views a')[Number(digit) - 1])
}

function move(step: 1 | -1): boolean {
  moveInList(step)
  return true
}

/** Without a row, the arrows scroll the page as usual. */
function moveByArrow(row: HTMLElement | undefined, step: 1 | -1, isShifted: boolean): boolean {
  if (row === undefined) return false
  return isShifted ? extend(step) : move(step)
}

/** Extends the selection from the focused row to the next one. */
function extend(step: 1 | -1): boolean {
  const row = currentRow()
  if (row === undefined) return false
  if (selectedRows().length === 0) toggleSelected(row)
  moveInList(step)
  const next = currentRow()
  if (next !== undefined) selectThrough(next)
  return true
}

function select(row: HTMLElement | undefined): boolean {
  if (row === undefined) return false
  toggleSelected(row)
  return true
}

/** Opens the field for a note of the task in the panel, or of the task's page; a row's task is opened for it. */
function openNote(row: HTMLElement | undefined): boolean {
  const isOfRow = row?.id === peekedRow()?.id
  if ((isOfRow || row === undefined) && focusNote()) return true
  const isOnItsWay = isOfRow && document.querySelector('.peek [aria-busy]') !== null
  if (!isOnItsWay && !press(row?.querySelector('.what a'))) return false
  const { id } = row ?? {}
  // When another task is shown meanwhile, the key was not meant for it.
  const whenShown = (): void => void (peekedRow()?.id === id && focusNote())
  document.addEventListener(cardOpened, whenShown, { once: true })
  return true
}

function focusNote(): boolean {
  const part = document.querySelector<HTMLDetailsElement>('#note')
  if (part === null) return false
  part.open = true
  return focus(part.querySelector('textarea'))
}

function openFocusedTask(): boolean {
  const link = document.activeElement
  return link?.matches('.what a') === true && press(link)
}

function beginTask(): boolean {
  return focus(document.querySelector('#add-content'))
}

function undo(): boolean {
  return (
    press(document.querySelector('#toasts [data-batch] button')) ||
    undoLast() ||
    press(document.querySelector('#toasts .undo button'))
  )
}

const firstControl = 'form :is(input:not([type="hidden"]), select, textarea, button)'

/** Presses a control of the page. A part that opens gives the focus to its first control. */
function pressOwn(control: HTMLElement): boolean {
  control.click()
  const part = control.closest('details')
  if (part?.open === true) part.querySelector<HTMLElement>(firstControl)?.focus()
  return true
}

function press(target: Element | null | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false
  target.click()
  return true
}

function focus(target: Element | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  target.focus()
  return true
}
