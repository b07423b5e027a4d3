// Changes as the rest of Taskr uses them: record, undo, retry or discard one, list them, and send due ones to Attio.
import type { QueueState } from '../work/work.ts'
import type { Db } from '../database/tables.ts'
import type { AccountId, ChangeId, ConnectionId, TaskId } from '../support/ids.ts'
import type { ChangeInList, NewTask, TaskPatch } from './change-rows/change.ts'
import type { ChangeParts } from './change-parts.ts'
import { makeDueNow, releaseLeases, measureDueChanges } from './change-rows/change-queue-store.ts'
import { countUnfinishedOf, countOpen, listFailed } from './change-rows/open-change-store.ts'
import { listChangesAfter } from './change-rows/found-change-store.ts'
import { removeChanges, removeFinishedBefore } from './change-rows/change-store.ts'
import { createChangeSender } from './sending/send-due-changes.ts'
import { undoWithinMs } from './change-rows/due-at.ts'
import type { NoteWish } from './changing/write-note.ts'
import { discard, tryAgain } from './changing/failed-changes.ts'
import type { TaskReference, RequestKey, Recorded, TakenBack } from './changing/recorded.ts'
import { idNow, recordNewTask, recordWish } from './changing/record-change.ts'
import { endAllChangesOf } from './changing/end-changes.ts'
import { readInPieces } from '../support/keyset-pieces.ts'
import { inList, type StoredChange } from './change-rows/stored-change.ts'
import { listTaskHistory, type ChangeOfTask } from './changing/task-history.ts'
import { listWaiting, type WaitingChange } from './changing/waiting-changes.ts'
import { undoChange, undoRequest } from './changing/undo-change.ts'

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
export { mostOpenChanges } from './changing/record-change.ts'
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

export interface Changes {
  readonly create: (
    to: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
    task: NewTask,
    requestKey: RequestKey,
  ) => Promise<Recorded>
  /**
   * `seen` are the lists that the page showed. The change is the difference between them and the patch's lists, so that
   * what other people added or removed meanwhile stays.
   */
  readonly update: (
    task: TaskReference,
    patch: TaskPatch,
    requestKey: RequestKey,
    seen?: TaskPatch,
  ) => Promise<Recorded>
  /** Completes the task, and writes a note on a record that it is linked to. Undoing the change withdraws both. */
  readonly completeWithNote: (
    task: TaskReference,
    note: NoteWish,
    requestKey: RequestKey,
  ) => Promise<Recorded>
  readonly remove: (task: TaskReference, requestKey: RequestKey) => Promise<Recorded>
  /**
   * Replaces the text, which Attio cannot change: creates a new task with everything else, then deletes the old one.
   */
  readonly replace: (
    task: TaskReference,
    content: string,
    requestKey: RequestKey,
  ) => Promise<Recorded>
  readonly undo: (accountId: AccountId, changeId: ChangeId) => Promise<TakenBack>
  /** Undoes the change of a form by its key, by default within ten seconds. */
  readonly undoRequest: (
    accountId: AccountId,
    requestKey: RequestKey,
    withinMs?: number,
  ) => Promise<TakenBack>
  /** Sends a failed change again. Returns false when there is no such failed change. */
  readonly tryAgain: (accountId: AccountId, changeId: ChangeId) => Promise<boolean>
  /** Discards a failed change. Returns false when there is no such failed change. */
  readonly discard: (accountId: AccountId, changeId: ChangeId) => Promise<boolean>
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
  const sendIfRecorded = (recorded: Recorded): Recorded => {
    if (recorded.kind === 'recorded') send()
    return recorded
  }
  const sendIfReversed = (takenBack: TakenBack): TakenBack => {
    if (takenBack.kind === 'reversed') send()
    return takenBack
  }
  return {
    create: async (to, task, key) => sendIfRecorded(await recordNewTask(parts, to, task, key)),
    update: async (task, patch, key, seen) =>
      sendIfRecorded(await recordWish(parts, task, { kind: 'update', patch, seen }, key)),
    completeWithNote: async (task, note, key) => {
      const wish = { kind: 'update', patch: { isCompleted: true }, note } as const
      return sendIfRecorded(await recordWish(parts, task, wish, key))
    },
    remove: async (task, key) =>
      sendIfRecorded(await recordWish(parts, task, { kind: 'delete' }, key)),
    replace: async (task, content, key) =>
      sendIfRecorded(await recordWish(parts, task, { kind: 'replace', content }, key)),
    undo: async (accountId, changeId) =>
      sendIfReversed(await undoChange(parts, accountId, changeId)),
    undoRequest: async (accountId, requestKey, withinMs) =>
      sendIfReversed(await undoRequest(parts, accountId, requestKey, withinMs)),
    tryAgain: async (accountId, changeId) => {
      const isRevived = await tryAgain(parts, accountId, changeId)
      if (isRevived) send()
      return isRevived
    },
    discard: (accountId, changeId) => discard(parts, accountId, changeId),
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
