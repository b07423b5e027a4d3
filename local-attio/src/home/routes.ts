// The front page: what this is, where things are, who lives here, and what was asked last.
import { Hono } from 'hono'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { personOf } from '../people/session.ts'
import { homePage } from './view.ts'
import { sendShell } from '../pages/shell.ts'

export function createHome(parts: Parts): Hono<Env> {
  const home = new Hono<Env>()
  home.get('/', (c) => {
    const content = homePage(parts, personOf(parts, c))
    return sendShell(parts, c, { title: 'Overview', content })
  })
  return home
}
