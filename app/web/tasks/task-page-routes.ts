// A task's own page.
import { z } from 'zod'
import { paths, taskAddress } from '../addresses.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { queryValues } from '../read-query.ts'
import { valueInPath } from '../request-path.ts'
import { safeReturnTo } from '../return-to.ts'
import type { Route } from '../routes.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { getTask, taskPageOf } from './task-page.ts'

const query = z.object({
  from: z.string().max(4_096).optional(),
  find: z.string().max(256).optional(),
  member: z.string().max(256).optional(),
})

export const taskPageRoutes: readonly Route[] = [['GET', paths.task, showTask]]

async function showTask(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const asked = query.safeParse(queryValues(context))
  if (!asked.success) throw new Problem({ kind: 'not-found' })
  const from = safeReturnTo(asked.data.from) ?? paths.home
  const { find, member } = asked.data
  const found = await getTask(parts, context, session)
  // An open page or a link may still use the task's id from before Attio assigned one.
  if (found.task.taskId !== valueInPath(context, 'taskId')) {
    return context.redirect(taskAddress(found.task, { from, find, member }), 303)
  }
  const page = await taskPageOf(parts, context, session, {
    found,
    from,
    ...(find === undefined ? {} : { find }),
    ...(member === undefined ? {} : { member }),
  })
  return context.html(page)
}
