// The workspace pages' messages after a form, by the keyword in the address.
import type { Context } from 'hono'
import type { Env } from '../http.ts'

const notices = {
  added: 'Task added.',
  completed: 'Task completed.',
  reopened: 'Task reopened.',
  changed: 'Changes saved.',
  deleted: 'Task deleted.',
  installed: 'The app is installed. It gets a token when it is authorized.',
  removed: 'The app is removed. Its tokens for this workspace no longer work.',
} as const

export type Notice = keyof typeof notices

export function noticeOf(c: Context<Env>): string | undefined {
  const said = new Map<string, string>(Object.entries(notices))
  return said.get(c.req.query('said') ?? '')
}

/** Adds a message to an address, which may have a query. */
export function saying(address: string, notice: Notice): string {
  const url = new URL(address, 'http://here.invalid')
  url.searchParams.set('said', notice)
  return `${url.pathname}${url.search}`
}
