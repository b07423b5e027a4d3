// Formats instants as text. The local Attio shows UTC.
import { html } from 'hono/html'
import type { Html } from './layout.ts'

/** "Mon 18 May 2026, 12:00 UTC" */
export function moment(at: number): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${momentInWords(at)}</time>`
}

export function momentInWords(at: number): string {
  return `${day.format(at)}, ${clock.format(at)} UTC`
}

/** "12:00:00.000" */
export function timeOfDay(at: number): Html {
  const iso = new Date(at).toISOString()
  return html`<time datetime="${iso}">${iso.slice(11, 23)}</time>`
}

/** "Mon 18 May", with the year when it is not the current one. */
export function dayInWords(at: number, now: number): string {
  const isThisYear = new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear()
  return (isThisYear ? dayOfYear : day).format(at)
}

export function clockInWords(at: number): string {
  return clock.format(at)
}

const day = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

const dayOfYear = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
})

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
})
