// The inspector's messages after a form, by the keyword in the address.
import type { Context } from 'hono'
import type { Env } from '../http.ts'

const notices = {
  'clock-frozen': 'Clock frozen.',
  'clock-resumed': 'Clock resumed.',
  'clock-advanced': 'Clock advanced. Everything that was due has run.',
  'world-reset': 'World reset.',
  'world-loaded': 'World loaded.',
  'fault-added': 'Fault added.',
  'fault-removed': 'Fault removed.',
  'journal-cleared': 'Journal cleared.',
} as const

export type Notice = keyof typeof notices

export function noticeOf(c: Context<Env>): string | undefined {
  const words = new Map<string, string>(Object.entries(notices))
  return words.get(c.req.query('said') ?? '')
}

export function said(c: Context<Env>, notice: Notice): Response {
  return c.redirect(`/_control?said=${notice}`, 303)
}
