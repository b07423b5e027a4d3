// /_control as JSON: the whole in-process control, for programs in any language.
import type { Hono } from 'hono'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import type { Control } from '../control/control.ts'
import { addAppRoutes } from './apps.ts'
import { addClockRoutes } from './clock.ts'
import { addConsentRoutes } from './consent.ts'
import { addFaultRoutes } from './faults.ts'
import { addJournalRoutes } from './journal.ts'
import { addMemberTaskRoutes } from './member-tasks.ts'
import { addRateLimitRoutes } from './rate-limits.ts'
import { addWebhookRoutes } from './webhooks.ts'
import { addWorldRoutes } from './world.ts'

export function addControlApi(parts: Parts, control: Control, routes: Hono<Env>): void {
  addWorldRoutes(parts, control, routes)
  addClockRoutes(parts, routes)
  addFaultRoutes(parts, routes)
  addJournalRoutes(parts, routes)
  addRateLimitRoutes(parts, routes)
  addAppRoutes(parts, control, routes)
  addConsentRoutes(control, routes)
  addMemberTaskRoutes(control, routes)
  addWebhookRoutes(parts, routes)
  routes.all('/_control/*', (c) =>
    c.json({ local_attio: `There is no ${c.req.method} ${c.req.path} here.` }, 404),
  )
}
