// What the rest of Taskr may do with changes: record one, take it back, see how it fares, have what is due carried to
// Attio.
import type { Db } from '../database/tables.ts'
import type { AccountId, ChangeId, ConnectionId, TaskId } from '../support/ids.ts'
import type { ChangeInList, NewTask, TaskPatch } from './rows/change.ts'
import type { ChangeParts } from './change-parts.ts'
import { makeDueNow, releaseLeases } from './rows/change-queue-store.ts'
import {
  countUnfinished,
  listChangesAfter,
  listFailed,
  removeChanges,
  removeFinishedBefore,
} from './rows/change-store.ts'
import { createChangeSender } from './sending/send-due-changes.ts'
import { undoWithinMs } from './rows/due-at.ts'
import { discard, tryAgain } from './changing/failed-changes.ts'
import type { TaskReference, RequestKey, Recorded, TakenBack } from './changing/recorded.ts'
import { idNow, recordNewTask, recordWish } from './changing/record-change.ts'
import { readInPieces } from '../support/keyset-pieces.ts'
import { inList, type StoredChange } from './rows/stored-change.ts'
import { undoChange } from './changing/undo-change.ts'

export type {
  TaskReference,
  RequestKey,
  Recorded,
  ChangeRefusal,
  TakenBack,
} from './changing/recorded.ts'
export { undoWithinMs } from './rows/due-at.ts'
export type {
  ChangeInList,
  ChangeKind,
  ChangeProblem,
  ChangeStatus,
  NewTask,
  TaskPatch,
} from './rows/change.ts'

export interface OpenChanges {
  /** How many are on their way. */
  readonly underWay: number
  /** What stands as refused, newest first, at most fifty. */
  readonly failed: readonly ChangeInList[]
}

export interface Changes {
  readonly create: (
    to: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
    task: NewTask,
    requestKey: RequestKey,
  ) => Promise<Recorded>
  readonly update: (
    task: TaskReference,
    patch: TaskPatch,
    requestKey: RequestKey,
  ) => Promise<Recorded>
  readonly remove: (task: TaskReference, requestKey: RequestKey) => Promise<Recorded>
  /** A new text, which Attio cannot give a task: a new task takes everything over, then the old one goes. */
  readonly replace: (
    task: TaskReference,
    content: string,
    requestKey: RequestKey,
  ) => Promise<Recorded>
  readonly undo: (accountId: AccountId, changeId: ChangeId) => Promise<TakenBack>
  /** Sends a failed change again. False when there is no such failed change. */
  readonly tryAgain: (accountId: AccountId, changeId: ChangeId) => Promise<boolean>
  /** Gives a failed change up. False when there is no such failed change. */
  readonly discard: (accountId: AccountId, changeId: ChangeId) => Promise<boolean>
  /** What the task is known by now: an open page may know it by the change that created it, or that replaced it. */
  readonly idNow: (task: TaskReference) => Promise<TaskId>
  readonly listOpen: (accountId: AccountId) => Promise<OpenChanges>
  /** All that is kept of the account's changes, in order: for exports. */
  readonly listAll: (accountId: AccountId) => AsyncGenerator<readonly ChangeInList[], void>
  /** Has what waits for this connection tried now, as after a reconnect. */
  readonly makeDue: (connectionId: ConnectionId) => Promise<void>
  /** Carries what is due to Attio, until nothing is due any more. Returns how many attempts were made. */
  readonly deliverDue: (signal?: AbortSignal) => Promise<number>
  /** Removes what finished more than a week ago. For once an hour. */
  readonly forgetFinished: () => Promise<void>
}

const failedShown = 50
const finishedStaysForMs = 7 * 24 * 3_600_000

export function createChanges(parts: ChangeParts): Changes {
  const { background, clock, database } = parts
  const sender = createChangeSender(parts)
  const send = (): void => {
    sender.lookAgain()
    background.run('changes', (signal) => sender.sendDue(signal))
  }
  const { db } = database
  const carry = (recorded: Recorded): Recorded => {
    if (recorded.kind === 'recorded') send()
    return recorded
  }
  return {
    create: async (to, task, key) => carry(await recordNewTask(parts, to, task, key)),
    update: async (task, patch, key) =>
      carry(await recordWish(parts, task, { kind: 'update', patch }, key)),
    remove: async (task, key) => carry(await recordWish(parts, task, { kind: 'delete' }, key)),
    replace: async (task, content, key) =>
      carry(await recordWish(parts, task, { kind: 'replace', content }, key)),
    undo: async (accountId, changeId) => {
      const takenBack = await undoChange(parts, accountId, changeId)
      if (takenBack.kind === 'reversed') carry({ kind: 'recorded', change: takenBack.change })
      return takenBack
    },
    tryAgain: async (accountId, changeId) => {
      const isRevived = await tryAgain(parts, accountId, changeId)
      if (isRevived) send()
      return isRevived
    },
    discard: (accountId, changeId) => discard(parts, accountId, changeId),
    idNow: (task) => idNow(db, task),
    listOpen: async (accountId) => ({
      underWay: await countUnfinished(db, accountId),
      failed: (await listFailed(db, accountId, failedShown)).map(inList),
    }),
    listAll: async function* (accountId) {
      const pieces = readInPieces((after: StoredChange | undefined, limit) =>
        listChangesAfter(db, accountId, after, limit),
      )
      for await (const changes of pieces) yield changes.map(inList)
    },
    makeDue: async (connectionId) => {
      const at = clock.now()
      await makeDueNow(db, connectionId, { at, heldSince: at - undoWithinMs })
      send()
    },
    deliverDue: (signal) => sender.sendDue(signal),
    forgetFinished: () => removeFinishedBefore(db, clock.now() - finishedStaysForMs),
  }
}

/** When a process starts that has the database to itself: what was under way is under way no more. */
export async function forgetLeases(db: Db): Promise<void> {
  await releaseLeases(db)
}

/** Drops what was wanted through a connection, as part of the transaction that ends it. */
export async function forgetChanges(db: Db, connectionId: ConnectionId): Promise<void> {
  await removeChanges(db, connectionId)
}
