// The list of connections, one connection, and disconnecting.
import { Hono } from 'hono'
import type { Session } from '../../accounts/accounts.ts'
import { lackOf } from '../../connections/connections.ts'
import type { Revocation } from '../../connections/connections.ts'
import { asConnectionId, type ConnectionId } from '../../support/ids.ts'
import type { ListedConnection } from '../../sync/sync.ts'
import { paths } from '../addresses.ts'
import { readForm, textField } from '../read-form.ts'
import { keepSession } from '../session-cookie.ts'
import { leaveToast } from '../toast-cookie.ts'
import { signedIn } from '../pages.ts'
import { isConfirmed } from '../confirming/is-confirmed.ts'
import { problemOf } from '../confirming/refusal.ts'
import { Problem } from '../problem.ts'
import { clientOfRequest } from '../client-of-request.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import { approverName } from './approver.ts'
import type { ConnectionDetails } from './views/connection-panel.ts'
import type { DisconnectForm } from './views/disconnect-form.ts'
import { connectionPage } from './views/connection.ts'
import { connectionsPage, type ConnectionsPage } from './views/connections.ts'
import type { RevocationReceipt } from './views/receipts.ts'

export function connectionRoutes(parts: RouteParts) {
  const routes = new Hono<WebEnv>()

  routes.get(paths.connections, async (context) => {
    return context.html(await listPage(parts, context, signedIn(context)))
  })

  routes.get(paths.connection, async (context) => {
    const session = signedIn(context)
    const connections = await parts.sync.listConnections(session.accountId)
    const connection = connections.find(
      ({ connectionId }) => connectionId === context.req.param('connectionId'),
    )
    if (connection === undefined) throw new Problem({ kind: 'not-found' })
    const page = connectionPage({
      frame: await parts.pages.appFrame(context, session, { connections }),
      connection: await detailsOf(parts, connection),
      asksFor: await askedToDisconnect(parts, session),
    })
    return context.html(page)
  })

  routes.post(paths.disconnection, async (context) => {
    const session = signedIn(context)
    const { code, everyone, password, reason, underWay } = await readForm(context, {
      password: textField,
      code: textField,
      reason: textField,
      everyone: textField,
      underWay: textField,
    })
    const connectionId = asConnectionId(context.req.param('connectionId'))
    const { accountId } = session
    const list = await parts.seats.list({ accountId, connectionId })
    if (list === undefined) throw new Problem({ kind: 'not-found' })
    if (list.seats.length > 0 && everyone !== 'yes') {
      const message = 'Colleagues work through it. Hand it over, or tick the box below.'
      const refused = { connectionId, problems: [{ field: 'everyone', message }] }
      return context.html(await listPage(parts, context, session, refused), 409)
    }
    // The form said how many changes would be lost; more of them need another look.
    const lost = await parts.changes.countUnderWay(connectionId)
    if (reason !== 'not-this-one' && lost > Number(underWay)) {
      const refused = { connectionId, problems: [] }
      return context.html(await listPage(parts, context, session, refused), 409)
    }
    if (!isConfirmed(parts, session)) {
      const asked = { session, password, code, connectionId }
      const refused = await refusePassword(parts, context, asked)
      if (refused !== undefined) return refused
    }
    const ended = await parts.connections.disconnect({ accountId, connectionId })
    if (ended.kind === 'not-found') throw new Problem({ kind: 'not-found' })
    const { workspaceName } = ended.connection
    const kind = reason === 'not-this-one' ? 'not-this-one' : 'disconnected'
    leaveToast(parts.cookies, context, { kind, workspaceName })
    return context.redirect(paths.connections, 303)
  })

  routes.post(paths.sending, async (context) => {
    const { accountId } = signedIn(context)
    await readForm(context, {})
    const connectionId = asConnectionId(context.req.param('connectionId'))
    const connection = await parts.connections.find({ accountId, connectionId })
    // Only the owner disconnects, and sends what is waiting first; it may include the changes of colleagues.
    if (connection?.role !== 'owner') throw new Problem({ kind: 'not-found' })
    await parts.changes.makeDue(connectionId)
    leaveToast(parts.cookies, context, { kind: 'sent-again' })
    return context.redirect(paths.connections, 303)
  })

  return routes
}

/** Returns what the form to disconnect must ask for. */
async function askedToDisconnect(
  parts: RouteParts,
  session: Session,
): Promise<DisconnectForm['asksFor']> {
  if (isConfirmed(parts, session)) return undefined
  const { passkeys, secondFactor } = parts.accounts
  const [factor, own] = await Promise.all([
    secondFactor.find(session.accountId),
    passkeys.list(session.accountId),
  ])
  return { code: factor.kind === 'on', orPasskey: own.length > 0 }
}

/** Shows the page again when the password or the code is wrong. */
async function refusePassword(
  parts: RouteParts,
  context: WebContext,
  asked: {
    readonly session: Session
    readonly password: string
    readonly code: string
    readonly connectionId: ConnectionId
  },
): Promise<Response | undefined> {
  const { session, password, code, connectionId } = asked
  const outcome = await parts.accounts.confirmPassword(
    session,
    { password, code },
    clientOfRequest(context, parts.site),
  )
  switch (outcome.kind) {
    case 'confirmed':
      keepSession(parts.cookies, context, outcome)
      return undefined
    case 'busy':
      throw new Problem({ kind: 'unavailable' })
    case 'too-many':
    case 'wrong':
    case 'wrong-code': {
      const refused = {
        connectionId,
        problems: outcome.kind === 'too-many' ? [] : [problemOf(outcome.kind, 'password')],
        retryAt: outcome.kind === 'too-many' ? outcome.retryAt : undefined,
      }
      const status = outcome.kind === 'too-many' ? 429 : 403
      return context.html(await listPage(parts, context, session, refused), status)
    }
  }
}

async function listPage(
  parts: RouteParts,
  context: WebContext,
  session: Session,
  refused?: ConnectionsPage['refused'],
) {
  const connections = await parts.sync.listConnections(session.accountId)
  const [frame, details, revocations, ended] = await Promise.all([
    parts.pages.appFrame(context, session, { connections }),
    Promise.all(connections.map((connection) => detailsOf(parts, connection))),
    parts.connections.listRevocations(session.accountId),
    parts.seats.listEnded(session.accountId),
  ])
  return connectionsPage({
    frame,
    connections: details,
    asksFor: await askedToDisconnect(parts, session),
    refused,
    receipts: revocations.map(receiptOf),
    ended,
  })
}

async function detailsOf(
  parts: RouteParts,
  connection: ListedConnection,
): Promise<ConnectionDetails> {
  const { accountId, approverId, connectionId, memberId, role } = connection
  const everything = { isCompleted: false, whose: { kind: 'everyone' } } as const
  const seat = role === 'owner' ? undefined : await seatOf(parts, connection)
  const list = role === 'owner' ? await parts.seats.list({ accountId, connectionId }) : undefined
  const [updates, memberName, open, completed, underWay] = await Promise.all([
    parts.webhooks.updatesOf([connectionId]),
    approverName(parts, { connectionId, memberId: approverId ?? memberId }),
    parts.mirror.countTasks([connection], everything),
    parts.mirror.countTasks([connection], { ...everything, isCompleted: true }),
    parts.changes.countUnderWay(connectionId),
  ])
  return {
    ...connection,
    memberName,
    seat,
    seats: list?.seats.map((one) => ({ accountId: one.accountId, name: one.memberName })),
    lack: lackOf(connection.scopes),
    asOf: connection.mirror?.asOf ?? null,
    unread: connection.mirror?.unread,
    tasks: open + completed,
    underWay,
    updates: updates.get(connectionId) ?? { kind: 'polled', why: 'being-made' },
  }
}

async function seatOf({ mirror }: RouteParts, connection: ListedConnection) {
  const { connectionId, memberId } = connection
  const [member] =
    memberId === undefined ? [] : await mirror.findMembers(new Map([[connectionId, [memberId]]]))
  return {
    memberName: member && (`${member.firstName} ${member.lastName}`.trim() || member.emailAddress),
    isAdmin: member?.accessLevel === 'admin',
    rights: connection,
  }
}

function receiptOf(revocation: Revocation): RevocationReceipt {
  const { status, lastAnswer, createdAt, finishedAt, webhook } = revocation
  return {
    ...revocation,
    status: status === 'held' ? 'pending' : status,
    lastAnswer: answerOf(lastAnswer),
    requestedAt: createdAt,
    finishedAt: finishedAt ?? null,
    webhook: webhook && { status: webhook.status, lastAnswer: answerOf(webhook.lastAnswer) },
  }
}

function answerOf(answer: string | undefined): RevocationReceipt['lastAnswer'] {
  switch (answer) {
    case undefined:
    case 'locked':
    case 'revoked':
    case 'removed':
      return undefined
    case 'timeout':
      return { kind: 'timed-out' }
    case 'unreadable':
    case 'response':
      return { kind: 'unclear' }
    case 'already-dead':
    case 'token-unreadable':
    case 'already-gone':
      return { kind: answer }
    case 'token-dead':
      return { kind: 'already-dead' }
    default: {
      const status = /^http-(\d{3})$/.exec(answer)?.[1]
      return status === undefined
        ? { kind: 'unreachable' }
        : { kind: 'answered', status: Number(status) }
    }
  }
}
