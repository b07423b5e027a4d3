// What changes under way have to say to news of their task: which of them are in conflict, what is to be shown over it,
// and what becomes of them when it is gone. Runs inside the transaction that takes the news in.
import type { Db } from '../database/tables.ts'
import type { ChangesUnderWay } from '../mirror/mirror.ts'
import type { Clock } from '../support/clock.ts'
import { sha256Base64Url } from '../support/hash.ts'
import { asChangeId, type Ids } from '../support/ids.ts'
import { listUnfinished, releaseNext, splitOff } from './change-sequence-store.ts'
import { endChange } from './change-store.ts'
import { hasUnknownCreates, listKnownCreations, listUnknownHashes } from './lost-create-store.ts'
import { dueAt } from './due-at.ts'
import { findConflicts } from './find-conflicts.ts'
import { fieldsOf, only, without, type PatchField } from './same-field.ts'
import { shownMeanwhile } from './shown-meanwhile.ts'
import type { StoredChange } from './stored-change.ts'

export interface SettlingParts {
  readonly clock: Clock
  readonly ids: Ids
}

/** `own` is the change that asks: of the others, one that is at Attio just now is left alone until it is back. */
export function settleWithAttio(parts: SettlingParts, own?: StoredChange): ChangesUnderWay {
  const { clock } = parts
  const isAway = (change: StoredChange): boolean =>
    change.leasedUntil > clock.now() && change.changeId !== own?.changeId

  return {
    observed: async (db, task) => {
      const { connectionId, taskId } = task
      const changes = await listUnfinished(db, connectionId, taskId)
      const conflicts = changes.some(isAway) ? [] : [...findConflicts(changes, task)]
      for (const [change, fields] of conflicts) await lose(parts, db, change, fields)
      if (conflicts.length === 0) return shownMeanwhile(changes)
      await releaseNext(db, connectionId, taskId, dueAt(clock))
      return shownMeanwhile(await listUnfinished(db, connectionId, taskId))
    },

    awaited: async (db, connectionId, tasks) => {
      const made = tasks.filter(({ createdBy }) => createdBy?.startsWith('app:') === true)
      if (made.length === 0 || !(await hasUnknownCreates(db, connectionId))) return new Set()
      const hashes = new Map(
        made.map(({ taskId, content }) => [taskId, sha256Base64Url(content)] as const),
      )
      const lost = await listUnknownHashes(db, connectionId, [...new Set(hashes.values())])
      const ids = made
        .map(({ taskId }) => taskId)
        .filter((taskId) => lost.has(hashes.get(taskId) ?? ''))
      const known = await listKnownCreations(db, ids)
      return new Set(ids.filter((taskId) => !known.has(taskId)))
    },

    gone: async (db, connectionId, taskId) => {
      for (const change of await listUnfinished(db, connectionId, taskId)) {
        // What it was for is so: the task is gone.
        const isDone = change.kind === 'delete' || change.createdTaskId !== undefined
        const end = isDone
          ? ({ status: 'done' } as const)
          : ({ status: 'failed', problem: { kind: 'gone' } } as const)
        await endChange(db, change, { status: [change.status] }, { ...end, at: clock.now() })
      }
    },
  }
}

/** The fields that somebody changed in Attio stand as refused; what else the change wants goes its way. */
async function lose(
  { clock, ids }: SettlingParts,
  db: Db,
  change: StoredChange,
  fields: readonly PatchField[],
): Promise<void> {
  const problem = { kind: 'conflict', fields } as const
  const rest = without(change.wanted, fields)
  if (fieldsOf(rest).length > 0) {
    const wanted = only(change.wanted, fields)
    await splitOff(db, change, { changeId: asChangeId(ids()), wanted, rest, problem })
  } else {
    const end = { status: 'failed', problem, at: clock.now() } as const
    await endChange(db, change, { status: [change.status] }, end)
  }
}
