// A calendar month with arrow-key navigation (ARIA Authoring Practices, date picker dialog).
import { element } from './element.ts'

export type MonthGrid = {
  readonly box: HTMLElement
  readonly focus: () => void
}

/** `chosen` and the argument of `choose` are dates like `2026-11-23`. */
export function createMonthGrid(
  today: string,
  chosen: string | undefined,
  choose: (date: string) => void,
): MonthGrid {
  const box = element('div', { class: 'month' })
  let cursor = dayOf(chosen ?? today)
  const show = (day: Date): void => {
    cursor = day
    box.replaceChildren(headOf(cursor, show), daysOf({ cursor, today, chosen, choose }))
  }
  const focusCursor = (): void => {
    box.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }
  box.addEventListener('keydown', (event) => {
    const moved = moves[event.key]?.(cursor)
    if (moved === undefined || !(event.target instanceof Element)) return
    if (event.target.getAttribute('role') !== 'gridcell') return
    event.preventDefault()
    show(moved)
    focusCursor()
  })
  show(cursor)
  return { box, focus: focusCursor }
}

/** Returns the month's name between the buttons that lead to the months around it. */
function headOf(cursor: Date, show: (day: Date) => void): HTMLElement {
  const step = (label: string, months: number, sign: string): HTMLElement => {
    const attributes = { type: 'button', class: 'quiet', 'aria-label': label } as const
    const button = element('button', attributes, sign)
    button.addEventListener('click', () => show(addMonths(cursor, months)))
    return button
  }
  return element(
    'div',
    { class: 'head' },
    step('Previous month', -1, '‹'),
    element('p', { class: 'title', 'aria-live': 'polite' }, monthName.format(cursor)),
    step('Next month', 1, '›'),
  )
}

type ShownMonth = {
  /** The day that the arrow keys move from. */
  readonly cursor: Date
  readonly today: string
  readonly chosen: string | undefined
  readonly choose: (date: string) => void
}

function daysOf(month: ShownMonth): HTMLElement {
  const days = element('div', { class: 'days', role: 'grid', 'aria-label': 'Days' })
  for (const letter of 'MTWTFSS') days.append(element('span', { 'aria-hidden': 'true' }, letter))
  for (const week of weeksOf(month.cursor)) {
    days.append(element('div', { role: 'row' }, ...week.map((day) => dayButton(day, month))))
  }
  return days
}

function dayButton(day: Date, { choose, chosen, cursor, today }: ShownMonth): HTMLElement {
  const date = dateText(day)
  const button = element(
    'button',
    {
      type: 'button',
      role: 'gridcell',
      tabindex: date === dateText(cursor) ? '0' : '-1',
      'aria-label': dayName.format(day),
      'aria-selected': String(date === chosen),
      'aria-current': date === today ? 'date' : undefined,
      'data-outside': day.getUTCMonth() === cursor.getUTCMonth() ? undefined : '',
    },
    String(day.getUTCDate()),
  )
  button.addEventListener('click', () => choose(date))
  return button
}

const moves: Readonly<Record<string, (day: Date) => Date>> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  Home: (day) => addDays(day, -weekdayOf(day)),
  End: (day) => addDays(day, 6 - weekdayOf(day)),
  PageUp: (day) => addMonths(day, -1),
  PageDown: (day) => addMonths(day, 1),
}

const monthName = new Intl.DateTimeFormat('en-GB', {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})
const dayName = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' })

/** Represents a calendar day as midnight UTC, which has no daylight saving. */
function dayOf(date: string): Date {
  return new Date(`${date}T00:00:00Z`)
}

function dateText(day: Date): string {
  return day.toISOString().slice(0, 10)
}

function weekdayOf(day: Date): number {
  return (day.getUTCDay() + 6) % 7
}

function addDays(day: Date, days: number): Date {
  return new Date(day.getTime() + days * 86_400_000)
}

/** Returns the same day of another month, or that month's last day. */
function addMonths(day: Date, months: number): Date {
  const first = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1)
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0))
  return new Date(first + (Math.min(day.getUTCDate(), last.getUTCDate()) - 1) * 86_400_000)
}

function weeksOf(day: Date): readonly (readonly Date[])[] {
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1))
  const start = addDays(first, -weekdayOf(first))
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => addDays(start, week * 7 + weekday)),
  )
}
