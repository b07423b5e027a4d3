// A task that a change creates, and how to find it after a lost answer: by its text.
import type { AttioClient, NewTask as WireTask, Task } from '@taskr/attio'
import { sha256Base64Url } from '../../support/hash.ts'
import { asTaskId } from '../../support/ids.ts'
import type { ChangeParts } from '../change-parts.ts'
import { listKnownCreations } from '../change-rows/lost-create-store.ts'
import { mirroredTask } from '../rows/mirrored-task.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'
import type { MirroredTask } from '../rows/task-row.ts'
import type { Creatable, Creation } from './create-once.ts'
import type { SendOutcome } from './judge-answer.ts'

/** The most tasks that Attio returns at once. */
const pageSize = 500

export function creatableTask(
  parts: Pick<ChangeParts, 'clock' | 'database'>,
  { connectionId }: Pick<StoredChange, 'connectionId'>,
  client: AttioClient,
  task: WireTask,
): Creatable<MirroredTask> {
  return {
    hash: sha256Base64Url(task.content),
    create: async () => {
      const created = await client.tasks.create(task)
      return mirroredTask(connectionId, created, created.accurateAt ?? parts.clock.now())
    },
    listAlike: async (since) => {
      const alike = await listAlike(parts, client, { content: task.content, since })
      const ids = alike.map(({ task }) => asTaskId(task.id))
      const known = await listKnownCreations(parts.database.db, ids)
      return alike
        .filter(({ task }) => !known.has(asTaskId(task.id)))
        .map(({ task, observedAt }) => mirroredTask(connectionId, task, observedAt))
    },
  }
}

/** Returns how sending ends when no task was created or found. */
export function withoutTask(
  creation: Exclude<Creation<MirroredTask>, { readonly kind: 'created' }>,
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
