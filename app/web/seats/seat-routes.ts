// The actions of people with seats: leave the connection, hand it over, and read why a seat ended.
import { asAccountId, asConnectionId } from '../../support/ids.ts'
import { paths } from '../addresses.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { readForm, textField } from '../read-form.ts'
import { valueInPath } from '../request-path.ts'
import type { Route } from '../routes.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'

export const seatRoutes: readonly Route[] = [
  ['POST', paths.leaving, leave],
  ['POST', paths.handOver, handOver],
  ['POST', paths.endedSeat, dismissEndedSeat],
]

async function leave({ cookies, seats }: RouteParts, context: WebContext): Promise<Response> {
  await readForm(context, {})
  const left = await seats.leave(namesOf(context))
  if (left === undefined) throw new Problem({ kind: 'not-found' })
  const { seat, unsent } = left
  await seats.dismissEnded(seat)
  const { workspaceName } = seat
  const toast = { kind: 'seat', what: 'left', workspaceName, unsent: unsent.length } as const
  leaveToast(cookies, context, toast)
  return context.redirect(paths.connections, 303)
}

async function handOver({ cookies, seats }: RouteParts, context: WebContext): Promise<Response> {
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
}

async function dismissEndedSeat({ seats }: RouteParts, context: WebContext): Promise<Response> {
  await readForm(context, {})
  await seats.dismissEnded(namesOf(context))
  return context.redirect(paths.home, 303)
}

function namesOf(context: WebContext) {
  const { accountId } = signedIn(context)
  return { accountId, connectionId: asConnectionId(valueInPath(context, 'connectionId')) }
}
