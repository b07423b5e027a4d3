// The home page: what Taskr is for a stranger, the task list for somebody with a connection; "look again"; and a task
// that is added.
import { Hono } from 'hono'
import { z } from 'zod'
import { asConnectionId } from '../../support/ids.ts'
import { deadlineOf } from '../../tasks/chosen-deadline.ts'
import { paths } from '../addresses.ts'
import { connectPage } from '../connections/views/connect.ts'
import { readForm, textField } from '../read-form.ts'
import { welcomePage } from '../home/views/welcome.ts'
import { addressWithin, signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { safeReturnTo } from '../return-to.ts'
import { deadlineInWords } from '../ui/words.ts'
import type { RouteParts, WebEnv } from '../web-parts.ts'
import { answerChange } from './answer-change.ts'
import { changeFields, contentField, requestKeyOf } from './change-form.ts'
import { listAddressOf, listPage } from './list-page.ts'
import { isReadable, lookAgainWhenStale } from './look-again.ts'
import { newTaskProblem } from './text-problems.ts'

export function taskRoutes(parts: RouteParts) {
  const { changes, clock, mirror, pages, site, tasks } = parts
  const routes = new Hono<WebEnv>()

  routes.get(paths.home, async (context) => {
    const session = context.get('session')
    if (session === undefined) return context.html(welcomePage({ frame: pages.frame(context) }))
    const connections = await tasks.listConnections(session.accountId)
    if (connections.length === 0) {
      const attioHost = new URL(site.attioOrigin).host
      const linkForAdmin = new URL(paths.connect, site.publicUrl).href
      const page = connectPage({
        frame: pages.frame(context),
        attioHost,
        linkForAdmin,
        isFirst: true,
      })
      return context.html(page)
    }
    lookAgainWhenStale(parts, connections)
    const address = addressWithin(context)
    const page = await listPage(parts, context, session, { address, connections })
    // Anything but a plain string would be sent as a stream, which costs as much as half of making it.
    return context.html(String(page))
  })

  routes.post(paths.refresh, async (context) => {
    const { accountId } = signedIn(context)
    const { returnTo } = await readForm(context, { returnTo: textField })
    for (const connection of await tasks.listConnections(accountId)) {
      if (isReadable(connection)) await mirror.refreshNow(connection)
    }
    return context.redirect(safeReturnTo(returnTo) ?? paths.home, 303)
  })

  routes.post(paths.tasks, async (context) => {
    const session = signedIn(context)
    const form = await readForm(context, {
      ...changeFields,
      content: contentField,
      date: textField,
      connectionId: textField,
      isMine: z.literal('yes').optional(),
    })
    const { accountId, timeZone } = session
    const connections = await tasks.listConnections(accountId)
    const again = async (problem: string) => {
      const { content, date, connectionId } = form
      const refused = { content, date, connectionId, isMine: form.isMine !== undefined, problem }
      const address = listAddressOf(form.returnTo)
      const page = await listPage(parts, context, session, { address, connections, refused })
      return context.html(page, 422)
    }
    const deadlineAt = deadlineOf({ date: form.date, time: '' }, timeZone)
    if (deadlineAt === undefined) return await again('Write the date like this: 2026-11-23.')
    const connection = connections.find(({ connectionId }) => connectionId === form.connectionId)
    if (connection === undefined) throw new Problem({ kind: 'not-found' })
    const { memberId } = connection
    const recorded = await changes.create(
      { accountId, connectionId: asConnectionId(form.connectionId) },
      {
        content: form.content,
        deadlineAt,
        assigneeIds: form.isMine === undefined || memberId === undefined ? [] : [memberId],
        linkedRecords: [],
      },
      requestKeyOf(context, form),
    )
    const problem = newTaskProblem(recorded)
    if (problem !== undefined) return await again(problem)
    const detail =
      deadlineAt === null
        ? undefined
        : deadlineInWords(deadlineAt, { now: clock.now(), timeZone }).text
    const { returnTo } = form
    return answerChange(parts, context, recorded, { what: 'added', detail, returnTo })
  })

  return routes
}
