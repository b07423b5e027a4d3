// One key for what people do all day. Only plain keys that no browser uses, never while something is typed or
// composed, never with a modifier; and off for whoever switched them off in this browser.
import { currentRow, moveInList } from './rows.ts'

const offKey = 'taskr-keys'

const parts: Readonly<Record<string, string>> = { a: 'assignees', d: 'deadline', l: 'records' }

/** Held down, these go on; everything else happens once. */
const moving = new Set(['j', 'k', 'ArrowDown', 'ArrowUp'])

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (isSwitchedOff() || !isPlain(event) || isTyping(event.target)) return
    if (document.querySelector('dialog[open]') !== null) return
    if (event.repeat && !moving.has(event.key)) return
    if (act(event.key)) event.preventDefault()
  })
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return
    if (event.target.closest('[data-keys-open]') !== null) openList()
    if (event.target.closest('[data-keys-close]') !== null) list()?.close()
  })
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.matches('[data-keys-switch]')) return
    if (target.checked) localStorage.removeItem(offKey)
    else localStorage.setItem(offKey, 'off')
  })
}

/** Beside the list that the keys open: a button for whoever does not know them yet. */
export function addKeysButton(): void {
  const dialog = list()
  if (dialog === null || document.querySelector('[data-keys-open]') !== null) return
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet keys-open'
  button.dataset['keysOpen'] = ''
  button.textContent = 'Keys'
  dialog.before(button)
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
      return press(row?.querySelector('form.completion button'))
    case 'o':
      return press(row?.querySelector('.what a'))
    case 'a':
    case 'd':
    case 'l':
      return goTo(row?.querySelector('.what a'), parts[key] ?? '')
    case 'n':
      return focus(document.querySelector('#add-content'))
    case 'z':
      return press(document.querySelector('#notices .undo button'))
    case '?':
      return openList()
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

function goTo(link: Element | null | undefined, part: string): boolean {
  if (!(link instanceof HTMLAnchorElement)) return false
  location.assign(`${link.href}#${part}`)
  return true
}

function openList(): boolean {
  const dialog = list()
  const isOn = dialog?.querySelector<HTMLInputElement>('[data-keys-switch]')
  if (dialog === null || isOn === null || isOn === undefined) return false
  isOn.checked = !isSwitchedOff()
  dialog.showModal()
  return true
}

function list(): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>('dialog#keys')
}

function isSwitchedOff(): boolean {
  return localStorage.getItem(offKey) !== null
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
