// What a person does with tasks: each action is recorded, and sent in the background.
import type { AccountId, ChangeId, ConnectionId } from '../../support/ids.ts'
import type { ChangeParts } from '../change-parts.ts'
import type { NewTask, TaskPatch } from '../change-rows/change.ts'
import { discard, tryAgain } from './failed-changes.ts'
import { recordNewTask, recordWish } from './record-change.ts'
import type { Recorded, RequestKey, TakenBack, TaskReference } from './recorded.ts'
import { undoChange, undoRequest } from './undo-change.ts'
import type { NoteWish } from './write-note.ts'

export interface ChangeActions {
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
}

/** `send` starts sending due changes. */
export function createChangeActions(parts: ChangeParts, send: () => void): ChangeActions {
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
  }
}
