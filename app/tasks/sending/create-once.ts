// Attio cannot tell a repeated POST from a new one. After a lost answer Taskr therefore searches for what it may have
// created before it sends the create again (RL-09): something that looks exactly like it, that an app created, not older
// than the first attempt, and not known to come from another change.
import { isAttioFailure } from '@taskr/attio'
import type { ChangeParts } from '../change-parts.ts'
import { updateLeased } from '../change-rows/change-queue-store.ts'
import { listUnknownCreates } from '../change-rows/lost-create-store.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'

/** The most by which Attio's clock and ours are assumed to differ. */
const skewMs = 15 * 60_000
/** Attio may still carry out an unanswered request within this time, so an earlier search would prove nothing. */
const settlesWithinMs = 10_000

/** A task or a note that a change creates. */
export interface Creatable<Made> {
  /** The hash that the change has, as has every other change that creates the same. */
  readonly hash: string
  readonly create: () => Promise<Made>
  /**
   * Returns what an app created since then that looks the same and that is not known to come from a change, oldest
   * first.
   */
  readonly listAlike: (since: number) => Promise<readonly Made[]>
}

export type Creation<Made> =
  | { readonly kind: 'created'; readonly made: Made }
  /** More look the same than answers were lost. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Made[] }
  /** Another worker has claimed the change. */
  | { readonly kind: 'lease-lost' }
  /** It may exist already but not be listed yet. */
  | { readonly kind: 'too-soon'; readonly at: number }

type Found<Made> = Creation<Made> | { readonly kind: 'none' }

export async function createOnce<Made>(
  parts: ChangeParts,
  change: StoredChange,
  creatable: Creatable<Made>,
): Promise<Creation<Made>> {
  const { clock, database } = parts
  const { sentAt } = change
  if (sentAt !== undefined) {
    // The wait has an upper limit, in case the clock was set back.
    const waitMs = Math.min(settlesWithinMs, sentAt + settlesWithinMs - clock.now())
    if (waitMs > 0) return { kind: 'too-soon', at: clock.now() + waitMs }
    const found = await searchOrWait(parts, change, creatable)
    await parts.reached('refetched')
    if (found.kind !== 'none') return found
  }
  const at = clock.now()
  if (!(await updateLeased(database.db, change, { sentAt: at }))) {
    return { kind: 'lease-lost' }
  }
  await parts.reached('leaving')
  // A worker that paused for longer than its lease may have been replaced, so it sends nothing.
  if (clock.now() >= change.leasedUntil) return { kind: 'lease-lost' }
  const made = await creatable.create()
  await parts.reached('answered')
  return { kind: 'created', made }
}

/** When the list cannot be read, the change waits and searches again, without end. */
async function searchOrWait<Made>(
  parts: ChangeParts,
  change: StoredChange,
  creatable: Creatable<Made>,
): Promise<Found<Made>> {
  try {
    return await searchCreated(parts, change, creatable)
  } catch (error) {
    if (!isAttioFailure(error)) throw error
    const isUnclear = error.kind === 'response' || (error.kind === 'api' && error.status >= 500)
    if (!isUnclear) throw error
    return { kind: 'too-soon', at: parts.clock.now() }
  }
}

async function searchCreated<Made>(
  { database }: ChangeParts,
  change: StoredChange,
  { hash, listAlike }: Creatable<Made>,
): Promise<Found<Made>> {
  const candidates = await listAlike((change.firstSentAt ?? change.createdAt) - skewMs)
  if (candidates.length === 0) return { kind: 'none' }
  // When several creates of the same lost their answers, each takes what stands at its own position in the list.
  const lost = await listUnknownCreates(database.db, change.workspaceId, hash)
  const made = candidates[Math.max(0, lost.indexOf(change.changeId)) % candidates.length]
  if (made === undefined || candidates.length > lost.length)
    return { kind: 'ambiguous', candidates }
  return { kind: 'created', made }
}
