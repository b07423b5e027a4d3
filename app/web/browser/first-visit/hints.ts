// Three quiet hints at the side, one at a time. Each is gone for good once its key was used.
import { element } from '../in-place/element.ts'
import { isSwitchedOff } from '../commands/key-list.ts'

const hints = [
  { key: 'e', words: 'completes the task you are on' },
  { key: 'd', words: 'sets its due date' },
  { key: '?', words: 'shows every shortcut' },
] as const
const storageKey = 'taskr-hints-used'

export function showHint(): void {
  const account = document.querySelector('#side > .account')
  account?.querySelector('.hint')?.remove()
  const next = hints.find(({ key }) => !used().includes(key))
  const hasRows = document.querySelector('main .task[id] button.checkbox') !== null
  if (account === null || next === undefined || !hasRows || isSwitchedOff()) return
  account.prepend(
    element('p', { class: 'hint', 'data-script': '' }, element('kbd', {}, next.key), next.words),
  )
}

/** Forgets the hint of a key that the person used. */
export function noteKeyUse(key: string): void {
  if (!hints.some((hint) => hint.key === key) || used().includes(key)) return
  try {
    localStorage.setItem(storageKey, [...used(), key].join(' '))
  } catch {
    return
  }
  showHint()
}

function used(): readonly string[] {
  try {
    return (localStorage.getItem(storageKey) ?? '').split(' ')
  } catch {
    // Without storage, no hint could ever go away.
    return hints.map(({ key }) => key)
  }
}
