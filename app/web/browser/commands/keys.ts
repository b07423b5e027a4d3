// Keyboard shortcuts for frequent actions. They are plain keys that no browser uses, are ignored while a person types or
// composes text, and can be disabled in each browser.
import { isKeyListOpen, isSwitchedOff, openKeyList } from './key-list.ts'
import { assignToMe, editRow } from '../in-place/edit-row.ts'
import { editText } from '../in-place/edit-text.ts'
import { isPopoverOpen } from '../in-place/popover.ts'
import { openSearch } from '../find/search.ts'
import { noteKeyUse } from '../first-visit/hints.ts'
import { closePanel, peekedRow } from '../peek/peek.ts'
import { openPalette } from './palette.ts'
import { currentRow, focusEnd, moveInList } from '../rows/rows.ts'
import { dismissFailures } from '../select/bulk-attempts.ts'
import { actOnSelection } from '../select/selection-bar.ts'
import {
  clearSelection,
  selectAll,
  selectedRows,
  selectThrough,
  toggleSelected,
} from '../select/selection.ts'
import { undoLast } from '../undo-stack.ts'

/** Keys that repeat while held down. */
const moving = new Set(['j', 'k', 'J', 'K', 'ArrowDown', 'ArrowUp'])

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (isSwitchedOff() || event.isComposing || event.defaultPrevented) return
    if (isPaletteChord(event) && !isKeyListOpen()) {
      event.preventDefault()
      return openPalette()
    }
    if (isTyping(event.target) || isKeyListOpen() || isPopoverOpen()) return
    if (event.repeat && !moving.has(event.key)) return
    if (isPlain(event) ? act(event.key, event.shiftKey) : actOnChord(event)) {
      event.preventDefault()
      noteKeyUse(event.key)
    }
  })
}

/** Works even in a field. */
function isPaletteChord({ key, metaKey, ctrlKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key === 'k' && metaKey !== ctrlKey && !altKey && !shiftKey
}

/** Handles the letter of a view, after g. */
let isGoing = false

function goTo(letter: string): boolean {
  const link = document.querySelector<HTMLElement>(`#side [data-key="${CSS.escape(letter)}"]`)
  return press(link)
}

/** Handles ⌘ or Ctrl with a letter: select all, undo. */
function actOnChord(event: KeyboardEvent): boolean {
  if (event.altKey || event.shiftKey || event.metaKey === event.ctrlKey) return false
  switch (event.key) {
    case 'a':
      if (currentRow() === undefined && selectedRows().length === 0) return false
      selectAll()
      return true
    case 'z':
      return undoLast()
    default:
      return false
  }
}

/** Returns whether the key was handled. */
function act(key: string, isShifted: boolean): boolean {
  const row = currentRow() ?? peekedRow()
  if (isGoing) {
    isGoing = false
    return goTo(key)
  }
  // A page may bring its own keys, as clearing does.
  const own = document.querySelector<HTMLElement>(`main [data-key="${CSS.escape(key)}"]`)
  if (own !== null && row === undefined) return pressOwn(own)
  switch (key) {
    case 'j':
      moveInList(1)
      return true
    case 'k':
      moveInList(-1)
      return true
    case 'J':
    case 'K':
      return extend(key === 'J' ? 1 : -1)
    // Elsewhere the arrows scroll the page as usual.
    case 'ArrowDown':
    case 'ArrowUp':
      if (row === undefined) return false
      if (isShifted) return extend(key === 'ArrowDown' ? 1 : -1)
      moveInList(key === 'ArrowDown' ? 1 : -1)
      return true
    case 'Home':
    case 'End':
      return focusEnd(key === 'Home' ? 'first' : 'last')
    case 'g':
      isGoing = true
      return true
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
      return press(document.querySelectorAll('#side nav.views a')[Number(key) - 1])
    case 'x':
      if (row === undefined) return false
      toggleSelected(row)
      return true
    case 'Escape':
      return clearSelection() || dismissFailures() || closePanel()
    case 'e':
      return actOnSelection('completion') || press(row?.querySelector('button.checkbox'))
    case 'E':
      return openNote()
    case ' ':
      return document.activeElement?.matches('.what a') === true && press(document.activeElement)
    case 'o':
      return press(row?.querySelector('.what a'))
    case 'T':
      return press(document.querySelector('main .deeds [data-key="T"]'))
    case 'a':
      return actOnSelection('assignees') || editRow(row, 'assignees')
    case 'A':
      return assignToMe(row)
    case 'd':
      return actOnSelection('date') || editRow(row, 'date')
    case 'i':
    case 'F2':
      return editText(row)
    case 'l':
      return actOnSelection('records') || editRow(row, 'records')
    case 'Delete':
    case 'Backspace':
      return actOnSelection('deletion')
    case 'n':
    case 'q':
    case 'c':
      return focus(document.querySelector('#add-content'))
    case 'z':
      return (
        press(document.querySelector('#toasts [data-batch] button')) ||
        undoLast() ||
        press(document.querySelector('#toasts .undo button'))
      )
    case '/':
      return openSearch()
    case '?':
      return openKeyList()
    default:
      return false
  }
}

const firstControl = 'form :is(input:not([type="hidden"]), select, textarea, button)'

/** Opens the field for a note of the task in the panel, or of the task's page. */
function openNote(): boolean {
  const part = document.querySelector<HTMLDetailsElement>('#note')
  if (part === null) return false
  part.open = true
  return focus(part.querySelector('textarea'))
}

/** Presses a control of the page. A part that opens gives the focus to its first control. */
function pressOwn(control: HTMLElement): boolean {
  control.click()
  const part = control.closest('details')
  if (part?.open === true) part.querySelector<HTMLElement>(firstControl)?.focus()
  return true
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

function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey
}

/** True when letters type into a field or choose in a list. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('textarea, select') !== null ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'submit'].includes(target.type))
  )
}
