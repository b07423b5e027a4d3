// The front page: addresses, people, workspaces, apps and the latest exchanges.
import type { Hono } from 'hono'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { personOf } from '../people/session.ts'
import { homePage } from './view.ts'
import { sendShell } from '../pages/shell.ts'

export function addHome(parts: Parts, home: Hono<Env>): void {
  home.get('/', (c) => {
    const content = homePage(parts, personOf(parts, c))
    return sendShell(parts, c, { title: 'Overview', content })
  })
}
