// The popover for a due date, chosen in words, by a single letter, or from a calendar.
import { createAsker, lookupAddress, textOf } from './fetch-json.ts'
import { element } from './element.ts'
import { createMonthGrid } from './month-grid.ts'
import { openPopover } from './popover.ts'

export type ChosenDate = {
  /** The form fields to send. */
  readonly fields: readonly (readonly [string, string])[]
  /** The text that the row shows until the response; empty for no date. */
  readonly text: string
}

/** The letters for quick choices. A person types one into the field, and Enter chooses. */
const quick = [
  { key: 't', value: 'today', label: 'Today' },
  { key: 'm', value: 'tomorrow', label: 'Tomorrow' },
  { key: 'w', value: 'next-monday', label: 'Next week' },
  { key: 'n', value: 'none', label: 'No date' },
] as const

const typingPauseMs = 80

/** Opens at the anchor and passes the chosen date to `apply`. */
export function openDatePopover(
  anchor: HTMLElement,
  { today, chosen }: { readonly today: string; readonly chosen: string | undefined },
  apply: (date: ChosenDate) => void,
): void {
  const { box, close } = openPopover(anchor, 'Due date')
  const field = element('input', {
    type: 'text',
    autocomplete: 'off',
    enterkeyhint: 'done',
    placeholder: 'fri, +3, 15 dec 9am',
    'aria-label': 'Due date in words',
    'aria-describedby': 'date-preview',
  })
  const preview = element('p', { id: 'date-preview', class: 'preview', role: 'status' })
  const choose = (date: ChosenDate): void => {
    close()
    apply(date)
  }
  const choices = element('ul', { class: 'choices' })
  for (const { key, value, label } of quick) {
    const button = element(
      'button',
      { type: 'button', 'data-key': key },
      element('span', {}, label),
      element('kbd', { 'aria-hidden': 'true' }, key),
    )
    button.addEventListener('click', () =>
      choose({ fields: [['quick', value]], text: value === 'none' ? '' : label.toLowerCase() }),
    )
    choices.append(element('li', {}, button))
  }
  const quickChoice = (): HTMLElement | undefined => markQuickChoice(choices, field.value)
  field.addEventListener('input', quickChoice)
  const month = createMonthGrid(today, chosen, (date) =>
    choose({ fields: [['words', date]], text: date }),
  )
  const understood = readWhileTyping(field, preview)
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault()
      const words = field.value.trim()
      const marked = quickChoice()
      if (words === '') close()
      else if (marked !== undefined) marked.click()
      else {
        void understood().then((text) => {
          if (text !== undefined) choose({ fields: [['words', words]], text })
        })
      }
    } else if (event.key === 'ArrowDown') {
      event.preventDefault()
      month.focus()
    }
  })
  box.append(field, preview, choices, month.box)
  field.focus()
}

/** Highlights the choice for the letter, and returns it. */
function markQuickChoice(choices: HTMLElement, typed: string): HTMLElement | undefined {
  const letter = typed.trim().toLowerCase()
  let marked: HTMLElement | undefined
  for (const button of choices.querySelectorAll<HTMLElement>('[data-key]')) {
    const isMarked = button.dataset['key'] === letter
    button.toggleAttribute('data-marked', isMarked)
    if (isMarked) marked = button
  }
  return marked
}

/** Shows the date that the words mean, and returns a function that waits for the meaning of the current text. */
function readWhileTyping(
  field: HTMLInputElement,
  preview: HTMLElement,
): () => Promise<string | undefined> {
  const ask = createAsker()
  let timer: ReturnType<typeof setTimeout> | undefined
  const read = async (): Promise<string | undefined> => {
    const words = field.value.trim()
    if (words.length < 2) {
      preview.textContent = ''
      return undefined
    }
    const answer = await ask(lookupAddress('/lookups/dates', { text: words }))
    if (answer === undefined || field.value.trim() !== words) return undefined
    const text = textOf(answer, 'kind') === 'date' ? textOf(answer, 'text') : undefined
    preview.textContent = text === undefined ? 'Not a date yet' : textOf(answer, 'full')
    return text
  }
  field.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void read(), typingPauseMs)
  })
  return async () => {
    clearTimeout(timer)
    return await read()
  }
}
