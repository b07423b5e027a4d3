// The popover for a due date, chosen in words, by a single letter, or from a calendar.
import type { Due } from './due.ts'
import { createAsker, lookupAddress, textOf } from './fetch-json.ts'
import { element, keyButton } from './element.ts'
import { createMonthGrid } from './month-grid.ts'
import { openPopover } from './popover.ts'

export type ChosenDate = {
  /** The form fields to send. */
  readonly fields: readonly (readonly [string, string])[]
  readonly due: Due
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
  const choices = quickChoices(today, choose)
  const quickChoice = (): HTMLElement | undefined => markQuickChoice(choices, field.value)
  field.addEventListener('input', quickChoice)
  const month = createMonthGrid(today, chosen, (date) =>
    choose({ fields: [['words', date]], due: { day: date } }),
  )
  const understood = readWhileTyping(field, preview)
  const take = async (): Promise<void> => {
    const marked = quickChoice()
    if (field.value.trim() === '') return close()
    if (marked !== undefined) return marked.click()
    const found = await understood()
    if (found === undefined) return
    const [day = '', time] = found.split(' ')
    choose({ fields: [['words', found]], due: { day, time } })
  }
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault()
      void take()
    } else if (event.key === 'ArrowDown') {
      event.preventDefault()
      month.focus()
    }
  })
  box.append(field, preview, choices, month.box)
  field.focus()
}

function quickChoices(today: string, choose: (date: ChosenDate) => void): HTMLElement {
  const choices = element('ul', { class: 'choices' })
  for (const { key, value, label } of quick) {
    const button = keyButton(element('span', {}, label), key, { 'data-key': key })
    button.addEventListener('click', () => {
      const day = value === 'none' ? '' : dateOf(value, today)
      choose({ fields: [day === '' ? ['quick', value] : ['words', day]], due: { day } })
    })
    choices.append(element('li', {}, button))
  }
  return choices
}

/** Returns the date that a choice means on the day that the page shows, even when it is sent on a later day. */
function dateOf(choice: 'today' | 'tomorrow' | 'next-monday', today: string): string {
  const day = new Date(`${today}T00:00:00Z`)
  const weekday = (day.getUTCDay() + 6) % 7
  const days = { today: 0, tomorrow: 1, 'next-monday': 7 - weekday }
  return new Date(day.getTime() + days[choice] * 86_400_000).toISOString().slice(0, 10)
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

/**
 * Shows the date that the words mean, and returns a function that waits for the meaning of the current text: the date and
 * the time that the preview showed, like `2026-11-23 15:00`.
 */
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
    if (textOf(answer, 'kind') !== 'date') {
      preview.textContent = 'Not a date yet'
      return undefined
    }
    preview.textContent = textOf(answer, 'full')
    return `${textOf(answer, 'date')} ${textOf(answer, 'time')}`.trim()
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
