// Keyboard shortcuts for frequent actions. They are plain keys that no browser uses, are ignored while a person types or
// composes text, and can be disabled in each browser.
import { act } from './key-actions.ts'
import { isKeyListOpen, isSwitchedOff } from './key-list.ts'
import { isPopoverOpen } from '../in-place/popover.ts'
import { noteKeyUse } from '../first-visit/hints.ts'
import { openPalette } from './palette.ts'
import { currentRow } from '../rows/rows.ts'
import { selectAll, selectedRows } from '../select/selection.ts'
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
