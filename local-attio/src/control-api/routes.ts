// /_control: everything a test or a person steers, as JSON, and as a page for people.
import { Hono } from 'hono'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import type { Control } from '../control/control.ts'
import { guardControl } from '../guard/control-guard.ts'
import { addAppRoutes } from './apps.ts'
import { addClockRoutes } from './clock.ts'
import { addFaultRoutes } from './faults.ts'
import { addJournalRoutes } from './journal.ts'
import { addRateLimitRoutes } from './rate-limits.ts'
import { addWorldRoutes } from './world.ts'
import { addInspectorRoutes } from '../inspector/routes.ts'

export function createControlRoutes(parts: Parts, control: Control): Hono<Env> {
  const routes = new Hono<Env>()
  routes.use('/_control', guardControl(parts))
  routes.use('/_control/*', guardControl(parts))
  addWorldRoutes(parts, control, routes)
  addClockRoutes(parts, routes)
  addFaultRoutes(parts, routes)
  addJournalRoutes(parts, routes)
  addRateLimitRoutes(parts, routes)
  addAppRoutes(parts, routes)
  addInspectorRoutes(parts, control, routes)
  routes.all('/_control/*', (c) =>
    c.json({ local_attio: `There is no ${c.req.method} ${c.req.path} here.` }, 404),
  )
  return routes
}
