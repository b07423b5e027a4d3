// /_control/journal: requests and answers, secrets masked.
import type { Context, Hono } from 'hono'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import type { JournalQuery } from '../journal/journal.ts'

export function addJournalRoutes({ journal }: Parts, routes: Hono<Env>): void {
  const path = '/_control/journal'

  routes.get(path, (c) => c.json({ entries: journal.entries(queryOf(c)) }))

  // The oldest request that was not taken before; null when there is none.
  routes.post(`${path}/take`, (c) => c.json({ request: journal.takeRequest(queryOf(c)) ?? null }))

  routes.delete(path, (c) => {
    journal.clear()
    return c.body(null, 204)
  })
}

export function queryOf(c: Context<Env>): JournalQuery {
  const query: { -readonly [Key in keyof JournalQuery]: string } = {}
  for (const key of ['method', 'path', 'operation'] as const) {
    const value = c.req.query(key)
    if (value !== undefined && value !== '') query[key] = value
  }
  return query
}
