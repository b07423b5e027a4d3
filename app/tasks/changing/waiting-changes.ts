// The changes of an account that Attio does not have yet, and what each waits for.
import type { AccountId } from '../../support/ids.ts'
import { notYet } from '../../work/work.ts'
import type { ChangeParts } from '../change-parts.ts'
import type { ChangeInList } from '../change-rows/change.ts'
import { listUnfinishedOf } from '../change-rows/open-change-store.ts'
import { undoWithinMs } from '../change-rows/due-at.ts'
import { inList, type StoredChange } from '../change-rows/stored-change.ts'

export interface WaitingChange extends ChangeInList {
  readonly waits: Wait
}

export type Wait =
  /** A worker is sending it. */
  | { readonly kind: 'being-sent' }
  /** Another change of the same task goes first. */
  | { readonly kind: 'behind-another' }
  /** It is held so that it can be undone. */
  | { readonly kind: 'undoable'; readonly until: number }
  /** It was tried, and is tried again then. */
  | { readonly kind: 'again'; readonly at: number }
  | { readonly kind: 'next' }

export async function listWaiting(
  { clock, database }: Pick<ChangeParts, 'clock' | 'database'>,
  accountId: AccountId,
  limit: number,
): Promise<readonly WaitingChange[]> {
  const changes = await listUnfinishedOf(database.db, accountId, limit)
  return changes.map((change) => ({ ...inList(change), waits: waitOf(change, clock.now()) }))
}

function waitOf(change: StoredChange, now: number): Wait {
  const { attempts, createdAt, leasedUntil, nextAttemptAt } = change
  if (leasedUntil > now) return { kind: 'being-sent' }
  if (nextAttemptAt === notYet) return { kind: 'behind-another' }
  if (attempts > 0) return { kind: 'again', at: nextAttemptAt }
  const until = createdAt + undoWithinMs
  return nextAttemptAt > now && until > now ? { kind: 'undoable', until } : { kind: 'next' }
}
