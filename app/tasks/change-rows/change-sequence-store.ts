// The table of changes, by task: only the first unfinished change of a task is ever due, so they reach Attio in
// order.
import type { Db } from '../../database/tables.ts'
import type { ChangeId, ConnectionId, TaskId } from '../../support/ids.ts'
import type { ChangeProblem } from './change.ts'
import { released } from '../../work/work.ts'
import { readable, unfinished } from './change-states.ts'
import { fieldsOf, isList, only, without } from './same-field.ts'
import type { Fields, StoredChange } from './stored-change.ts'

/** Lists the unfinished changes of a task, in order. */
export async function listUnfinished(
  db: Db,
  connectionId: ConnectionId,
  taskId: TaskId,
): Promise<readonly StoredChange[]> {
  return readable(
    await ofTask(db, connectionId, taskId).where('status', 'in', unfinished).execute(),
  )
}

/** Makes the change due at `at`. */
export async function makeDue(db: Db, change: StoredChange, at: number): Promise<void> {
  await db
    .updateTable('changes')
    .set({ next_attempt_at: at })
    .where('account_id', '=', change.accountId)
    .where('change_id', '=', change.changeId)
    .execute()
}

/** Moves the remaining changes of one task to the task that takes its place. */
export async function moveChanges(
  db: Db,
  connectionId: ConnectionId,
  move: { readonly from: TaskId; readonly to: TaskId; readonly except: ChangeId },
): Promise<void> {
  const waiting = readable(await ofTask(db, connectionId, move.from).execute()).filter(
    ({ changeId, status }) =>
      changeId !== move.except && status !== 'done' && status !== 'withdrawn',
  )
  // Unreadable rows have sequence numbers as well.
  const there = await ofTask(db, connectionId, move.to).execute()
  let sequence = Math.max(0, ...there.map((change) => change.sequence))
  for (const change of waiting) {
    sequence += 1
    await db
      .updateTable('changes')
      .set({ task_id: move.to, sequence })
      .where('account_id', '=', change.accountId)
      .where('change_id', '=', change.changeId)
      .execute()
  }
}

/**
 * When a change is given up, later changes of the same fields take over its base. Lists keep theirs, since the
 * difference is what they add and remove.
 */
export async function rebaseNext(db: Db, given: StoredChange): Promise<void> {
  let fields: Fields = given.base
  for (const change of await listUnfinished(db, given.connectionId, given.taskId)) {
    if (change.sequence < given.sequence || change.kind !== 'update') continue
    const taken = fieldsOf(given.wanted).filter(
      (field) =>
        !isList(field) && change.wanted[field] !== undefined && fields[field] !== undefined,
    )
    if (taken.length === 0) continue
    const base = { ...change.base, ...only(fields, taken) }
    fields = without(fields, taken)
    await db
      .updateTable('changes')
      .set({ base: JSON.stringify(base) })
      .where('account_id', '=', change.accountId)
      .where('change_id', '=', change.changeId)
      .execute()
  }
}

/** Splits a change after a conflict: the rest is still sent, and the lost part becomes a failed change of its own. */
export async function splitOff(
  db: Db,
  change: StoredChange,
  part: {
    readonly changeId: ChangeId
    readonly wanted: Fields
    readonly rest: Fields
    readonly problem: ChangeProblem
  },
): Promise<void> {
  const { changeId, wanted, rest, problem } = part
  await db
    .updateTable('changes')
    .set({ wanted: JSON.stringify(rest) })
    .where('account_id', '=', change.accountId)
    .where('change_id', '=', change.changeId)
    .execute()
  const { base, taskId } = change
  await addFailed(db, change, { changeId, taskId, wanted, base, problem })
}

/** Adds a part of a change as a failed update of its own. */
export async function addFailed(
  db: Db,
  { accountId, changeId, connectionId }: StoredChange,
  part: {
    readonly changeId: ChangeId
    readonly taskId: TaskId
    readonly wanted: Fields
    readonly base: Fields
    readonly problem: ChangeProblem
  },
): Promise<void> {
  const row = await db
    .selectFrom('changes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('change_id', '=', changeId)
    .executeTakeFirst()
  if (row === undefined) return
  const others = await ofTask(db, connectionId, part.taskId).execute()
  await db
    .insertInto('changes')
    .values({
      ...row,
      change_id: part.changeId,
      task_id: part.taskId,
      request_key: part.changeId,
      sequence: Math.max(0, ...others.map(({ sequence }) => sequence)) + 1,
      kind: 'update',
      wanted: JSON.stringify(part.wanted),
      base: JSON.stringify(part.base),
      content_hash: null,
      status: 'failed',
      problem: JSON.stringify(part.problem),
      ...released,
      sent_at: null,
      first_sent_at: null,
      finished_at: null,
      created_task_id: null,
    })
    .execute()
}

function ofTask(db: Db, connectionId: ConnectionId, taskId: TaskId) {
  return db
    .selectFrom('changes')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('task_id', '=', taskId)
    .orderBy('sequence')
}
