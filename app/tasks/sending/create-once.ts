// Attio cannot tell a repeated POST from a new one. After a lost answer Taskr therefore searches for the task before it
// sends the create again (RL-09): a task with exactly this text that an app created, not older than the first
// attempt, and not known to come from another change.
import { isAttioFailure, type AttioClient, type NewTask as WireTask, type Task } from '@taskr/attio'
import { mirroredTask } from '../rows/mirrored-task.ts'
import type { MirroredTask } from '../rows/task-row.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import { asTaskId } from '../../support/ids.ts'
import type { ChangeParts } from '../change-parts.ts'
import { updateLeased } from '../rows/change-queue-store.ts'
import { listUnknownCreates, listKnownCreations } from '../rows/lost-create-store.ts'
import type { SendOutcome } from './judge-answer.ts'
import type { StoredChange } from '../rows/stored-change.ts'

/** The most by which Attio's clock and ours are assumed to differ. */
const skewMs = 15 * 60_000
/** Attio may still carry out an unanswered request within this time, so an earlier search would prove nothing. */
const settlesWithinMs = 10_000
/** The most tasks that Attio returns at once. */
const pageSize = 500

export type Creation =
  | { readonly kind: 'created'; readonly task: MirroredTask }
  /** More tasks match than answers were lost. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly MirroredTask[] }
  /** Another worker has claimed the change. */
  | { readonly kind: 'lease-lost' }
  /** The task may exist already but not be listed yet. */
  | { readonly kind: 'too-soon'; readonly at: number }

type Found = Creation | { readonly kind: 'none' }

/** Returns how sending ends when no task was created or found. */
export function withoutTask(
  creation: Exclude<Creation, { readonly kind: 'created' }>,
): SendOutcome {
  switch (creation.kind) {
    case 'ambiguous':
      return {
        kind: 'failed',
        problem: { kind: 'ambiguous', candidates: creation.candidates.length },
        alsoSeen: creation.candidates,
      }
    case 'too-soon':
      return { kind: 'later', at: creation.at }
    case 'lease-lost':
      return { kind: 'finished' }
  }
}

export async function createOnce(
  parts: ChangeParts,
  change: StoredChange,
  client: AttioClient,
  task: WireTask,
): Promise<Creation> {
  const { clock, database } = parts
  const { connectionId, sentAt } = change
  if (sentAt !== undefined) {
    // The wait has an upper limit, in case the clock was set back.
    const waitMs = Math.min(settlesWithinMs, sentAt + settlesWithinMs - clock.now())
    if (waitMs > 0) return { kind: 'too-soon', at: clock.now() + waitMs }
    const found = await searchOrWait(parts, change, client, task.content)
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
  const created = await client.tasks.create(task)
  const receivedAt = clock.now()
  await parts.reached('answered')
  const observed = mirroredTask(connectionId, created, created.accurateAt ?? receivedAt)
  return { kind: 'created', task: observed }
}

/** When the list cannot be read, the change waits and searches again, without end. */
async function searchOrWait(
  parts: ChangeParts,
  change: StoredChange,
  client: AttioClient,
  content: string,
): Promise<Found> {
  try {
    return await searchCreated(parts, change, client, content)
  } catch (error) {
    if (!isAttioFailure(error)) throw error
    const isUnclear = error.kind === 'response' || (error.kind === 'api' && error.status >= 500)
    if (!isUnclear) throw error
    return { kind: 'too-soon', at: parts.clock.now() }
  }
}

async function searchCreated(
  parts: ChangeParts,
  change: StoredChange,
  client: AttioClient,
  content: string,
): Promise<Found> {
  const { database } = parts
  const since = (change.firstSentAt ?? change.createdAt) - skewMs
  const alike = await listAlike(parts, client, { content, since })
  const known = await listKnownCreations(
    database.db,
    alike.map(({ task }) => asTaskId(task.id)),
  )
  const candidates = alike.filter(({ task }) => !known.has(asTaskId(task.id)))
  if (candidates.length === 0) return { kind: 'none' }
  // When several creates of this text lost their answers, each takes the task at its own position in the list.
  const lost = await listUnknownCreates(database.db, change.workspaceId, sha256Base64Url(content))
  const chosen = candidates[Math.max(0, lost.indexOf(change.changeId)) % candidates.length]
  if (chosen === undefined || candidates.length > lost.length) {
    const seen = candidates.map(({ task, observedAt }) =>
      mirroredTask(change.connectionId, task, observedAt),
    )
    return { kind: 'ambiguous', candidates: seen }
  }
  const { task, observedAt } = chosen
  return { kind: 'created', task: mirroredTask(change.connectionId, task, observedAt) }
}

interface Alike {
  readonly task: Task
  readonly observedAt: number
}

/** Returns matching tasks, oldest first. Pages are read newest first, down to the first attempt. */
async function listAlike(
  { clock }: Pick<ChangeParts, 'clock'>,
  client: AttioClient,
  { content, since }: { readonly content: string; readonly since: number },
): Promise<Alike[]> {
  const alike = new Map<string, Alike>()
  for (let offset = 0; ; offset += pageSize) {
    const askedAt = clock.now()
    const page = await client.tasks.list({ sort: 'created_at:desc', limit: pageSize, offset })
    const observedAt = page.accurateAt ?? askedAt
    for (const task of page.tasks) {
      const isOurs = task.createdBy?.type === 'app' && task.content === content
      if (isOurs && task.createdAt >= since) alike.set(task.id, { task, observedAt })
    }
    const last = page.tasks.at(-1)
    if (page.tasks.length < pageSize || last === undefined || last.createdAt < since) break
  }
  return [...alike.values()].toSorted((one, other) => one.task.createdAt - other.task.createdAt)
}
