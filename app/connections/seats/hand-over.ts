// Hands a connection over to the account of one of its seats. The token, the webhook and the copy stay; the owner before
// leaves, and their unsent changes end.
import type { AccountId } from '../../support/ids.ts'
import { changeOwner, findConnectionToWorkspace } from '../connection-store.ts'
import { findConnection } from '../usable-connection-store.ts'
import type { Connection } from '../connection.ts'
import { openConnectionToken } from '../ending/queue-revocation.ts'
import { tell } from './end-seat.ts'
import type { SeatParts } from './seat-parts.ts'
import { lockSeat, removeSeat } from './seat-store.ts'

export type HandedOver =
  | { readonly kind: 'handed-over'; readonly memberName: string; readonly workspaceName: string }
  /** The seat has ended meanwhile, or its account has a connection of its own to the workspace. */
  | { readonly kind: 'no-such-seat' }
  /** The token does not open here now: keys are being rotated, or it was altered. */
  | { readonly kind: 'locked' }

export async function handOver(
  parts: SeatParts,
  { accountId, connectionId }: Pick<Connection, 'accountId' | 'connectionId'>,
  to: AccountId,
): Promise<HandedOver> {
  const handed = await parts.database.transaction(async (db): Promise<HandedOver> => {
    const before = await findConnection(db, accountId, connectionId)
    if (before?.role !== 'owner') return { kind: 'no-such-seat' }
    const seat = await lockSeat(db, connectionId, to)
    if (seat === undefined) return { kind: 'no-such-seat' }
    if ((await findConnectionToWorkspace(db, to, before.workspaceId)) !== undefined) {
      return { kind: 'no-such-seat' }
    }
    const token = openConnectionToken(parts, before)
    if (typeof token === 'string') return { kind: 'locked' }
    const place = { field: 'attio.access_token', accountId: to, rowId: connectionId } as const
    await parts.steps.endChanges(db, connectionId, accountId)
    await removeSeat(db, connectionId, to)
    await changeOwner(db, accountId, before, {
      to,
      memberId: seat.memberId,
      sealedAccessToken: parts.sealer.seal(place, token),
      at: parts.clock.now(),
    })
    for (const move of parts.steps.moveOwner) {
      await move(db, connectionId, { from: accountId, to })
    }
    const { workspaceName } = before
    const details = { workspace: workspaceName, to: seat.memberName }
    const event = { kind: 'handed-over', connectionId, details } as const
    await parts.accounts.recordEvent(db, accountId, event)
    await parts.accounts.recordEvent(db, to, event)
    return { kind: 'handed-over', memberName: seat.memberName, workspaceName }
  })
  if (handed.kind === 'handed-over') tell(parts, connectionId, [accountId, to])
  return handed
}
