// A due date as a person chose it, in the words that the server will put it.

export type Due = {
  /** like `2026-11-23`; empty for no date */
  readonly day: string
  /** like `15:00`; empty for none, absent when the task keeps its own */
  readonly time?: string | undefined
}

/** Returns the day that the page shows as today. */
export function pageToday(): string {
  return document.querySelector<HTMLElement>('main')?.dataset['today'] ?? ''
}

/** Returns the calendar days from today; negative in the past. */
export function daysAhead(day: string): number {
  return (Date.parse(day) - Date.parse(pageToday())) / 86_400_000
}

const dayWords: ReadonlyMap<number, string> = new Map([
  [-1, 'yesterday'],
  [0, 'today'],
  [1, 'tomorrow'],
])

/** Returns words such as "tomorrow 15:00" or "Fri 20 Nov"; empty for no date. */
export function dueInWords({ day, time = '' }: Due): string {
  if (day === '') return ''
  const days = daysAhead(day)
  const words = dayWords.get(days) ?? shortDay(day)
  return days >= -1 && days <= 6 ? `${words} ${time}`.trim() : words
}

function shortDay(day: string): string {
  const [weekday = '', date, month, year] = new Date(day).toUTCString().split(' ')
  const words = `${Number(date)} ${month}`
  return pageToday().startsWith(`${year}`) ? `${weekday.slice(0, 3)} ${words}` : `${words} ${year}`
}

/** Returns a heading such as "Monday 30 November", as the list of coming days has it. */
export function longDay(day: string): string {
  const words = new Date(day)
    .toLocaleDateString('en-GB', {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      timeZone: 'UTC',
    })
    .replace(',', '')
  const year = day.slice(0, 4)
  return `${daysAhead(day) === 1 ? 'Tomorrow, ' : ''}${words}${pageToday().startsWith(year) ? '' : ` ${year}`}`
}
