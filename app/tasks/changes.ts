// Changes as the rest of Taskr uses them: record, undo, retry or discard one, list them, and send due ones to Attio.
import type { QueueState } from '../work/work.ts'
import type { Db } from '../database/tables.ts'
import type { AccountId, ConnectionId, TaskId } from '../support/ids.ts'
import type { ChangeInList } from './change-rows/change.ts'
import type { ChangeParts } from './change-parts.ts'
import { makeDueNow, releaseLeases, measureDueChanges } from './change-rows/change-queue-store.ts'
import { countUnfinishedOf, countOpen, listFailed } from './change-rows/open-change-store.ts'
import { listChangesAfter } from './change-rows/found-change-store.ts'
import { removeChanges, removeFinishedBefore } from './change-rows/change-store.ts'
import { createChangeSender } from './sending/send-due-changes.ts'
import { undoWithinMs } from './change-rows/due-at.ts'
import { createChangeActions, type ChangeActions } from './changing/change-actions.ts'
import { idNow } from './changing/current-task.ts'
import type { TaskReference } from './changing/recorded.ts'
import { endAllChangesOf } from './changing/end-changes.ts'
import { readInPieces } from '../support/keyset-pieces.ts'
import { inList, type StoredChange } from './change-rows/stored-change.ts'
import { listTaskHistory, type ChangeOfTask } from './changing/task-history.ts'
import { listWaiting, type WaitingChange } from './changing/waiting-changes.ts'

export type {
  TaskReference,
  RequestKey,
  Recorded,
  ChangeRefusal,
  ChangedBy,
  TakenBack,
} from './changing/recorded.ts'
export type { WaitingChange } from './changing/waiting-changes.ts'
export type { ChangeOfTask } from './changing/task-history.ts'
export { mayNote, longestNote } from './changing/write-note.ts'
export { dueChanges } from './change-rows/change-queue-store.ts'
export { mostOpenChanges } from './changing/refusals.ts'
export { undoWithinMs } from './change-rows/due-at.ts'
export type {
  ChangeInList,
  ChangeKind,
  ChangeProblem,
  ChangeStatus,
  NewTask,
  TaskPatch,
} from './change-rows/change.ts'

export interface OpenChanges {
  /** The number of changes not yet at Attio. */
  readonly underWay: number
  /** The failed changes, newest first, at most fifty. */
  readonly failed: readonly ChangeInList[]
}

export interface Changes extends ChangeActions {
  /**
   * Returns the task's current ID: an open page may still have the ID of the change that created it, or of the task
   * that it replaced.
   */
  readonly idNow: (task: TaskReference) => Promise<TaskId>
  readonly listOpen: (accountId: AccountId) => Promise<OpenChanges>
  /** Lists the account's changes that Attio does not have yet, in order, with what each waits for. */
  readonly listWaiting: (accountId: AccountId, limit: number) => Promise<readonly WaitingChange[]>
  /** Returns how many changes of a connection, by its owner and its seats, are not at Attio yet. */
  readonly countUnderWay: (connectionId: ConnectionId) => Promise<number>
  /** Lists the latest changes of a task, newest first, colleagues' included. Finished ones are kept for a week. */
  readonly historyOf: (task: TaskReference) => Promise<readonly ChangeOfTask[]>
  /** Ends the account's changes that did not reach Attio, in the caller's transaction. */
  readonly endAllOf: (db: Db, accountId: AccountId) => Promise<void>
  /** Lists every change of the account on connections that it still has, in order, for exports. */
  readonly listAll: (accountId: AccountId) => AsyncGenerator<readonly ChangeInList[], void>
  /** Makes the connection's waiting changes due now, for instance after a reconnect. */
  readonly makeDue: (connectionId: ConnectionId) => Promise<void>
  /** Sends due changes to Attio until none is due. Returns how many attempts were made. */
  readonly sendDue: (signal?: AbortSignal) => Promise<number>
  /** Removes changes that finished more than a week ago; run once an hour. */
  readonly forgetFinished: () => Promise<void>
  /** Measures the queue of all accounts' changes. */
  readonly measureDue: () => Promise<QueueState>
}

const failedShown = 50
const finishedStaysForMs = 7 * 24 * 3_600_000

export function createChanges(parts: ChangeParts): Changes {
  const { background, clock, database } = parts
  const sender = createChangeSender(parts)
  const send = (): void => {
    sender.wakeUp()
    background.run('changes', (signal) => sender.sendDue(signal))
  }
  const { db } = database
  return {
    ...createChangeActions(parts, send),
    idNow: (task) => idNow(db, task),
    countUnderWay: (connectionId) => countUnfinishedOf(db, connectionId),
    listWaiting: (accountId, limit) => listWaiting(parts, accountId, limit),
    endAllOf: (inside, accountId) => endAllChangesOf(parts, inside, accountId),
    historyOf: (task) => listTaskHistory(db, task),
    listOpen: async (accountId) => {
      const { failed, underWay } = await countOpen(db, accountId)
      // Few accounts have a failed change.
      const listed = failed === 0 ? [] : await listFailed(db, accountId, failedShown)
      return { underWay, failed: listed.map(inList) }
    },
    listAll: async function* (accountId) {
      const usable = new Set(
        (await parts.connections.list(accountId)).map(({ connectionId }) => connectionId),
      )
      const pieces = readInPieces((after: StoredChange | undefined, limit) =>
        listChangesAfter(db, accountId, after, limit),
      )
      for await (const changes of pieces) {
        yield changes.filter(({ connectionId }) => usable.has(connectionId)).map(inList)
      }
    },
    makeDue: async (connectionId) => {
      const at = clock.now()
      await makeDueNow(db, connectionId, { at, heldSince: at - undoWithinMs })
      send()
    },
    sendDue: (signal) => sender.sendDue(signal),
    measureDue: () => measureDueChanges(db, clock.now()),
    forgetFinished: () => removeFinishedBefore(db, clock.now() - finishedStaysForMs),
  }
}

/** Releases every lease when a process starts with the database to itself. */
export async function forgetLeases(db: Db): Promise<void> {
  await releaseLeases(db)
}

export { endAllChangesOf, endChangesOf } from './changing/end-changes.ts'

/** Removes a connection's changes, as part of the transaction that ends the connection. */
export async function forgetChanges(db: Db, connectionId: ConnectionId): Promise<void> {
  await removeChanges(db, connectionId)
}
