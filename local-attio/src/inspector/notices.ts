// What the inspector says after a form was taken, by the word in the address.
import type { Context } from 'hono'
import type { Env } from '../http.ts'

const notices = {
  'clock-frozen': 'Time stands still.',
  'clock-resumed': 'Time runs again.',
  'clock-advanced': 'Time has moved on, and what fell due has run.',
  'world-reset': 'The world is back at its beginning.',
  'world-loaded': 'Another world is in place.',
  'fault-added': 'Fault added.',
  'fault-removed': 'Fault removed.',
  'journal-cleared': 'The journal is empty.',
} as const

export type Notice = keyof typeof notices

export function noticeOf(c: Context<Env>): string | undefined {
  const words = new Map<string, string>(Object.entries(notices))
  return words.get(c.req.query('said') ?? '')
}

export function said(c: Context<Env>, notice: Notice): Response {
  return c.redirect(`/_control?said=${notice}`, 303)
}
