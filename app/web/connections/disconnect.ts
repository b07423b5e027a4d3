// POST /connections/…/disconnection: ends a connection, once its owner knows which changes and colleagues it affects.
import type { Session } from '../../accounts/accounts.ts'
import { asConnectionId, type ConnectionId } from '../../support/ids.ts'
import { paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { isConfirmed } from '../confirming/is-confirmed.ts'
import { problemOf } from '../confirming/refusal.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { countField, readForm, textField } from '../read-form.ts'
import { valueInPath } from '../request-path.ts'
import { keepSession } from '../session-cookie.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { renderConnections } from './connections-page.ts'
import type { ConnectionsPage } from './views/connections.ts'

export async function disconnectFromForm(
  parts: RouteParts,
  context: WebContext,
): Promise<Response> {
  const session = signedIn(context)
  const form = await readForm(context, disconnectionFields)
  const connectionId = asConnectionId(valueInPath(context, 'connectionId'))
  const asked = { ...form, connectionId, isWrongOne: form.reason === 'not-this-one' }
  const refused =
    (await findObstacle(parts, session, asked)) ??
    (isConfirmed(parts, session) ? undefined : await checkPassword(parts, context, session, asked))
  if (refused !== undefined) {
    const { status, ...shown } = refused
    const page = await renderConnections(parts, context, session, { ...shown, connectionId })
    return context.html(page, status)
  }
  const { accountId } = session
  const ended = await parts.connections.disconnect({ accountId, connectionId })
  if (ended.kind === 'not-found') throw new Problem({ kind: 'not-found' })
  const { workspaceName } = ended.connection
  const kind = asked.isWrongOne ? 'not-this-one' : 'disconnected'
  leaveToast(parts.cookies, context, { kind, workspaceName })
  return context.redirect(paths.connections, 303)
}

const disconnectionFields = {
  password: textField,
  code: textField,
  reason: textField,
  everyone: textField,
  underWay: countField,
}

interface Asked {
  readonly connectionId: ConnectionId
  readonly password: string
  readonly code: string
  readonly everyone: string
  /** How many changes the form said would be lost. */
  readonly underWay: number
  /** True when the person just connected the wrong workspace. */
  readonly isWrongOne: boolean
}

type Refused = Omit<NonNullable<ConnectionsPage['refused']>, 'connectionId'> & {
  readonly status: 403 | 409 | 429
}

/** Returns a refusal when the owner must see or decide something first. Throws a Problem for everyone but the owner. */
async function findObstacle(
  { changes, seats }: RouteParts,
  { accountId }: Session,
  { connectionId, everyone, isWrongOne, underWay }: Asked,
): Promise<Refused | undefined> {
  const list = await seats.list({ accountId, connectionId })
  if (list === undefined) throw new Problem({ kind: 'not-found' })
  if (list.seats.length > 0 && everyone !== 'yes') {
    const message = 'Colleagues work through it. Hand it over, or tick the box below.'
    return { problems: [], because: message, status: 409 }
  }
  const lost = await changes.countUnderWay(connectionId)
  return !isWrongOne && lost > underWay ? { problems: [], status: 409 } : undefined
}

async function checkPassword(
  { accounts, cookies, site }: RouteParts,
  context: WebContext,
  session: Session,
  { code, password }: Asked,
): Promise<Refused | undefined> {
  const client = clientOfRequest(context, site)
  const outcome = await accounts.confirmPassword(session, { password, code }, client)
  switch (outcome.kind) {
    case 'confirmed':
      keepSession(cookies, context, outcome)
      return undefined
    case 'busy':
      throw new Problem({ kind: 'unavailable' })
    case 'too-many':
      return { problems: [], retryAt: outcome.retryAt, status: 429 }
    case 'wrong':
    case 'wrong-code':
    case 'elsewhere':
      return { problems: [problemOf(outcome.kind, 'password')], status: 403 }
  }
}
