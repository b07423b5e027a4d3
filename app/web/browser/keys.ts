// One key for what people do all day. Only plain keys that no browser uses, never while something is typed or
// composed, never with a modifier; and off for whoever switched them off in this browser.
import { isKeyListOpen, isSwitchedOff, openKeyList } from './key-list.ts'
import { assignToMe, editRow } from './in-place/edit-row.ts'
import { isPopoverOpen } from './in-place/popover.ts'
import { currentRow, moveInList } from './rows.ts'

/** Held down, these go on; everything else happens once. */
const moving = new Set(['j', 'k', 'ArrowDown', 'ArrowUp'])

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (isSwitchedOff() || !isPlain(event) || isTyping(event.target)) return
    if (isKeyListOpen() || isPopoverOpen()) return
    if (event.repeat && !moving.has(event.key)) return
    if (act(event.key)) event.preventDefault()
  })
}

/** Whether the key meant something here. */
function act(key: string): boolean {
  const row = currentRow()
  switch (key) {
    case 'j':
      moveInList(1)
      return true
    case 'k':
      moveInList(-1)
      return true
    // Elsewhere the arrows scroll, as they always do.
    case 'ArrowDown':
    case 'ArrowUp':
      if (row === undefined) return false
      moveInList(key === 'ArrowDown' ? 1 : -1)
      return true
    case 'e':
      return press(row?.querySelector('button.tick'))
    case 'o':
      return press(row?.querySelector('.what a'))
    case 'a':
      return editRow(row, 'assignees')
    case 'A':
      return assignToMe(row)
    case 'd':
      return editRow(row, 'date')
    case 'l':
      return editRow(row, 'records')
    case 'n':
      return focus(document.querySelector('#add-content'))
    case 'z':
      return press(document.querySelector('#notices .undo button'))
    case '?':
      return openKeyList()
    default:
      return false
  }
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
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey
  return !hasModifier && !event.isComposing && !event.defaultPrevented
}

/** Letters choose in a list, and mean themselves in a field. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('textarea, select') !== null ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'submit'].includes(target.type))
  )
}
