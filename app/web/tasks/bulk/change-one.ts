// Applies the action of a form to one of its tasks.
import type { Session } from '../../../accounts/accounts.ts'
import type { Connection } from '../../../connections/connections.ts'
import type {
  ChangeRefusal,
  Recorded,
  RequestKey,
  TaskPatch,
  TaskReference,
} from '../../../tasks/changes.ts'
import { sha256Base64Url } from '../../../support/hash.ts'
import { asConnectionId, asMemberId, asTaskId } from '../../../support/ids.ts'
import {
  chosenOf,
  deadlineOf,
  quickDateText,
  readDate,
  type ListedTask,
} from '../../../tasks/tasks.ts'
import { Problem } from '../../problem.ts'
import { refusalInWords } from '../../ui/change-toast.ts'
import type { RouteParts } from '../../web-parts.ts'
import { refusalOf } from '../changing/answer-change.ts'
import type { BulkForm } from './bulk-form.ts'

export async function changeOne(
  { changes, clock, tasks }: RouteParts,
  { accountId, timeZone }: Session,
  {
    connections,
    form,
    name,
  }: {
    readonly connections: readonly Connection[]
    readonly form: BulkForm
    /** `connection/task`. */
    readonly name: string
  },
): Promise<Recorded> {
  const [connectionId = '', taskId = ''] = name.split('/')
  const reference: TaskReference = {
    accountId,
    connectionId: asConnectionId(connectionId),
    taskId: asTaskId(taskId),
  }
  const key = keyOf(form, name)
  if (form.action === 'deletion') return await changes.remove(reference, key)
  const found = await tasks.find({ ...reference, timeZone }, connections)
  if (found === undefined) return { kind: 'refused', refusal: 'no-such-task' }
  const patch = patchOf(form, found.task, { now: clock.now(), timeZone })
  return await changes.update(reference, patch, key, seenOf(form, name))
}

/** Words why one of many tasks was refused. A task goes with its connection, and must not end the whole batch. */
export function refusalReason(refusal: ChangeRefusal): string {
  return refusalInWords(refusal === 'no-such-connection' ? 'no-such-task' : refusalOf(refusal))
}

interface Reader {
  readonly now: number
  readonly timeZone: string
}

/** The other tasks do not count, so that a task that is tried again alone is changed once (RL-28). */
function keyOf(form: BulkForm, name: string): RequestKey {
  const { 'task[]': _tasks, 'shown[]': _shown, returnTo: _returnTo, ...said } = form
  return sha256Base64Url(JSON.stringify([name, said]))
}

function seenOf(form: BulkForm, name: string): TaskPatch {
  const shown = form['shown[]'].map((text) => text.split(' ')).find(([task]) => task === name)
  const [, ...memberIds] = shown ?? []
  return {
    // A link is only ever added.
    linkedRecords: [],
    ...(shown !== undefined && { assigneeIds: memberIds.map(asMemberId) }),
  }
}

function patchOf(form: BulkForm, task: ListedTask, reader: Reader): TaskPatch {
  switch (form.action) {
    case 'completion':
      return { isCompleted: true }
    case 'deadline':
      return { deadlineAt: deadlineFor(form, task, reader) }
    case 'assignees':
      return { assigneeIds: [...new Set(form['assignee[]'])].map(asMemberId) }
    case 'linked-records': {
      const { targetObject, recordId } = form
      if (targetObject === '' || recordId === '') throw new Problem({ kind: 'bad-request' })
      return { linkedRecords: [{ targetObject, recordId }] }
    }
    case 'deletion':
      return {}
  }
}

/** Keeps each task's time of day unless the words name a time. */
function deadlineFor(form: BulkForm, task: ListedTask, { now, timeZone }: Reader): number | null {
  if (form.quick === 'none') return null
  const chosen =
    form.quick === undefined
      ? readDate(form.words, { now, timeZone })
      : { date: quickDateText(form.quick, now, timeZone), time: '' }
  if (chosen === undefined) throw new Problem({ kind: 'bad-request' })
  const time = chosen.time === '' ? chosenOf(task.deadlineAt, timeZone).time : chosen.time
  const deadlineAt = deadlineOf({ date: chosen.date, time }, timeZone)
  if (deadlineAt === undefined) throw new Problem({ kind: 'bad-request' })
  return deadlineAt
}
