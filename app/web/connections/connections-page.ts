// Renders the page of all connections.
import type { Session } from '../../accounts/accounts.ts'
import { isConfirmed } from '../confirming/is-confirmed.ts'
import { proofOf } from '../confirming/own-proof.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { detailsOf } from './connection-details.ts'
import { receiptOf } from './receipt-of.ts'
import { connectionsPage, type ConnectionsPage } from './views/connections.ts'
import type { DisconnectForm } from './views/disconnect-form.ts'

export async function renderConnections(
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

/** Returns what the form to disconnect must ask for. */
export async function askedToDisconnect(
  parts: RouteParts,
  session: Session,
): Promise<DisconnectForm['asksFor']> {
  if (isConfirmed(parts, session)) return undefined
  const { passkeys, secondFactor } = parts.accounts
  const [factor, own, proof] = await Promise.all([
    secondFactor.find(session.accountId),
    passkeys.list(session.accountId),
    proofOf(parts, session),
  ])
  return { proof, code: factor.kind === 'on', orPasskey: own.length > 0 }
}
