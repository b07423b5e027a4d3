// The pages on which a member of a workspace edits tasks while an app is connected.
import type { Hono } from 'hono'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { addAppSettings } from './app-settings.ts'
import { addRecordRoutes } from './record-routes.ts'
import { addTaskListRoutes } from './task-list-routes.ts'
import { addTaskRoutes } from './task-routes.ts'

export function addWorkspacePages(parts: Parts, pages: Hono<Env>): void {
  pages.get('/workspaces/:slug', (c) => c.redirect(`${c.req.path}/tasks`, 303))
  addTaskListRoutes(parts, pages)
  addTaskRoutes(parts, pages)
  addAppSettings(parts, pages)
  addRecordRoutes(parts, pages)
}
