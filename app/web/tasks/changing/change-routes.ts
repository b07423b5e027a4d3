// The addresses that change an existing task, and those that act on a recorded change.
import { Hono } from 'hono'
import { paths } from '../../addresses.ts'
import type { RouteParts, WebContext, WebEnv } from '../../web-parts.ts'
import { assignTask } from './assignees-route.ts'
import { completeTask } from './completion-route.ts'
import { deleteTask } from './deletion-route.ts'
import { setDueDate } from './due-date-route.ts'
import { linkRecord, unlinkRecord } from './linked-records-routes.ts'
import { attemptAgain, dismissChange, undoFromForm } from './recorded-change-routes.ts'
import { replaceTask } from './replacement-route.ts'

type Handler = (parts: RouteParts, context: WebContext) => Promise<Response>

const handlers: readonly (readonly [string, Handler])[] = [
  [paths.completion, completeTask],
  [paths.deadline, setDueDate],
  [paths.assignees, assignTask],
  [paths.linkedRecords, linkRecord],
  [paths.unlinking, unlinkRecord],
  [paths.replacement, replaceTask],
  [paths.deletion, deleteTask],
  [paths.undoing, undoFromForm],
  [paths.attempt, attemptAgain],
  [paths.dismissal, dismissChange],
]

export function changeRoutes(parts: RouteParts) {
  const routes = new Hono<WebEnv>()
  for (const [path, handle] of handlers) routes.post(path, (context) => handle(parts, context))
  return routes
}
