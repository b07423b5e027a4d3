// Notes what an operator did, in the operators' log and in the account's own.

import type { Db } from '../../database/tables.ts'
import { asEventId, type AccountId } from '../../support/ids.ts'
import type { OperatingParts } from './operating-parts.ts'
import type { EventKind } from '../audit/event-store.ts'
import { recordEvent } from '../audit/record-event.ts'
import { addOperatorEvent, type OperatorEventKind } from './operator-event-store.ts'

/** Who acts: an operator's account, or the command on the server. */
export type Actor = AccountId | 'command'

export type ActionDone = {
  readonly kind: OperatorEventKind
  readonly accountId?: AccountId
  /** What the account's own log says. */
  readonly own?: EventKind
}

export async function noteAction(
  parts: OperatingParts,
  db: Db,
  by: Actor,
  { accountId, kind, own }: ActionDone,
): Promise<void> {
  await addOperatorEvent(db, {
    eventId: asEventId(parts.ids()),
    at: parts.clock.now(),
    kind,
    operatorId: by === 'command' ? undefined : by,
    accountId,
  })
  if (accountId === undefined || own === undefined) return
  const details = { by: by === 'command' ? 'the command on the server' : 'an operator' }
  await recordEvent(parts, db, accountId, { kind: own, details })
}
