// The actions of people with seats: leave the connection, hand it over, and read why a seat ended.
import { Hono } from 'hono'
import { asAccountId, asConnectionId } from '../../support/ids.ts'
import { paths } from '../addresses.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { readForm, textField } from '../read-form.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'

export function seatRoutes(parts: RouteParts) {
  const { cookies, seats } = parts
  const routes = new Hono<WebEnv>()

  routes.post(paths.leaving, async (context) => {
    await readForm(context, {})
    const left = await seats.leave(namesOf(context))
    if (left === undefined) throw new Problem({ kind: 'not-found' })
    const { seat, unsent } = left
    await seats.dismissEnded(seat)
    const { workspaceName } = seat
    leaveToast(cookies, context, {
      kind: 'seat',
      what: 'left',
      workspaceName,
      unsent: unsent.length,
    })
    return context.redirect(paths.connections, 303)
  })

  routes.post(paths.handOver, async (context) => {
    const { to } = await readForm(context, { to: textField })
    const owner = namesOf(context)
    if ((await seats.list(owner)) === undefined) throw new Problem({ kind: 'not-found' })
    const handed = await seats.handOver(owner, asAccountId(to))
    if (handed.kind !== 'handed-over') {
      leaveToast(cookies, context, { kind: 'seat', what: 'not-handed-over' })
      return context.redirect(paths.connections, 303)
    }
    const { memberName: name, workspaceName } = handed
    leaveToast(cookies, context, { kind: 'seat', what: 'handed-over', name, workspaceName })
    return context.redirect(paths.connections, 303)
  })

  routes.post(paths.endedSeat, async (context) => {
    await readForm(context, {})
    await seats.dismissEnded(namesOf(context))
    return context.redirect(paths.home, 303)
  })

  return routes
}

function namesOf(context: WebContext) {
  const { accountId } = signedIn(context)
  return { accountId, connectionId: asConnectionId(context.req.param('connectionId') ?? '') }
}
