// A combobox (ARIA Authoring Practices): typing filters the list, the arrows move, Enter chooses.
import { element } from './element.ts'

export type Choice = {
  readonly id: string
  readonly label: string
  /** Distinguishes choices with the same label. */
  readonly detail?: string | undefined
  readonly isChecked?: boolean
  /** The icon before the label. */
  readonly mark?: HTMLElement | undefined
}

export type ChoiceList = {
  readonly field: HTMLInputElement
  readonly list: HTMLElement
  readonly show: (choices: readonly Choice[]) => void
  /** The choice that Enter would choose. */
  readonly active: () => Choice | undefined
}

export type ChoiceListOptions = {
  readonly label: string
  readonly placeholder: string
  readonly onType: (text: string) => void
  /** Called on Enter on the active choice, or a click. */
  readonly onTake: (choice: Choice) => void
  /** Called on Space on the active choice while the field is empty. */
  readonly onToggle?: (choice: Choice) => void
}

let lists = 0

export function createChoiceList(options: ChoiceListOptions): ChoiceList {
  const { field, list } = createElements(options)
  let shown: readonly Choice[] = []
  let activeId: string | undefined
  const active = (): Choice | undefined => shown.find(({ id }) => id === activeId) ?? shown[0]
  const mark = (): void => {
    const current = active()
    for (const [at, item] of [...list.children].entries()) {
      const isActive = shown[at] !== undefined && shown[at] === current
      item.toggleAttribute('data-marked', isActive)
      if (!isActive) continue
      field.setAttribute('aria-activedescendant', item.id)
      item.scrollIntoView({ block: 'nearest' })
    }
  }
  const move = (step: number): void => {
    const current = active()
    const at = current === undefined ? -1 : shown.indexOf(current)
    activeId = shown[Math.min(Math.max(at + step, 0), shown.length - 1)]?.id
    mark()
  }
  field.addEventListener('input', () => {
    activeId = undefined
    options.onType(field.value)
  })
  listenToKeys(field, { ...options, active, move })
  const show = (choices: readonly Choice[]): void => {
    shown = choices
    const items = choices.map((choice, at) => itemOf(choice, `${list.id}-${at}`, options.onTake))
    list.replaceChildren(...items)
    mark()
  }
  return { field, list, show, active }
}

function createElements({ label, placeholder }: ChoiceListOptions) {
  lists += 1
  const id = `choices-${lists}`
  const list = element('ul', { id, role: 'listbox', class: 'choices', 'aria-label': label })
  const field = element('input', {
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    'aria-expanded': 'true',
    'aria-controls': id,
    'aria-label': label,
    placeholder,
  })
  return { field, list }
}

function listenToKeys(
  field: HTMLInputElement,
  {
    active,
    move,
    onTake,
    onToggle,
  }: Pick<ChoiceListOptions, 'onTake' | 'onToggle'> &
    Pick<ChoiceList, 'active'> & { readonly move: (step: number) => void },
): void {
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    const current = active()
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      move(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter' && current !== undefined && !event.shiftKey) {
      event.preventDefault()
      onTake(current)
    } else if (event.key === ' ' && field.value === '' && current !== undefined) {
      if (onToggle === undefined) return
      event.preventDefault()
      onToggle(current)
    }
  })
}

function itemOf(choice: Choice, id: string, take: (choice: Choice) => void): HTMLElement {
  const item = element(
    'li',
    { id, role: 'option', 'aria-selected': String(choice.isChecked === true) },
    ...(choice.mark === undefined ? [] : [choice.mark]),
    element('bdi', {}, choice.label),
    ...(choice.detail === undefined ? [] : [element('span', { class: 'detail' }, choice.detail)]),
  )
  // Keeps the focus in the field.
  item.addEventListener('pointerdown', (event) => event.preventDefault())
  item.addEventListener('click', () => take(choice))
  return item
}

/** True when every typed word begins a word of the text, ignoring case and diacritics. */
export function matches(typed: string, text: string): boolean {
  const words = wordsOf(text)
  return wordsOf(typed).every((prefix) => words.some((word) => word.startsWith(prefix)))
}

function wordsOf(text: string): readonly string[] {
  const folded = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return folded.match(/[\p{L}\p{N}@.]+/gu) ?? []
}
