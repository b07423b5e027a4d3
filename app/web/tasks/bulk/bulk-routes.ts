// Applies one action to many tasks, or undoes many changes. The script sends batches and gets JSON, so that the page can
// show progress and each task that could not be changed.
import { Hono } from 'hono'
import { z } from 'zod'
import type { Recorded, RequestKey, TaskPatch, TaskReference } from '../../../tasks/changes.ts'
import type { Connection } from '../../../connections/connections.ts'
import type { Session } from '../../../accounts/accounts.ts'
import { sha256Base64Url } from '../../../support/hash.ts'
import { asChangeId, asConnectionId, asMemberId, asTaskId } from '../../../support/ids.ts'
import { inTurns } from '../../../support/in-turns.ts'
import {
  chosenOf,
  deadlineOf,
  quickDates,
  quickDateText,
  readDate,
  type ListedTask,
} from '../../../tasks/tasks.ts'
import { answerJson } from '../../answer-json.ts'
import { paths } from '../../addresses.ts'
import { readForm, textField } from '../../read-form.ts'
import { signedIn } from '../../pages.ts'
import { Problem } from '../../problem.ts'
import { refusalInWords } from '../../ui/change-toast.ts'
import type { RouteParts, WebEnv } from '../../web-parts.ts'
import { refusalOf } from '../changing/answer-change.ts'
import { changeFields } from '../changing/change-form.ts'

/** The batch size; the script splits larger selections. */
const mostTasks = 50

const actions = ['completion', 'deadline', 'assignees', 'linked-records', 'deletion'] as const

const bulkFields = {
  ...changeFields,
  action: z.enum(actions),
  'task[]': z
    .array(z.string().regex(/^[\w-]{1,64}\/[\w-]{1,64}$/))
    .min(1)
    .max(mostTasks),
  'assignee[]': z.array(z.string().max(64)).max(200),
  /** the assignees that the page showed: `connection/task member member …` */
  'shown[]': z.array(z.string().max(20_000)).max(mostTasks),
  words: textField,
  quick: z.enum([...quickDates, 'none']).optional(),
  targetObject: z.string().max(200).default(''),
  recordId: z.string().max(64).default(''),
}

type BulkForm = z.output<z.ZodObject<typeof bulkFields>>

export function bulkRoutes(parts: RouteParts) {
  const { changes, clock, tasks } = parts
  const routes = new Hono<WebEnv>()

  routes.post(paths.bulk, async (context) => {
    const session = signedIn(context)
    const form = await readForm(context, bulkFields, ['task[]', 'assignee[]', 'shown[]'])
    const changed: string[] = []
    const refused: { readonly task: string; readonly reason: string }[] = []
    const connections = await parts.sync.listConnections(session.accountId)
    for await (const name of inTurns(new Set(form['task[]']))) {
      const recorded = await recordOne(session, connections, form, name)
      if (recorded.kind === 'recorded') changed.push(recorded.change.changeId)
      if (recorded.kind === 'refused') {
        refused.push({ task: name, reason: refusalInWords(refusalOf(recorded.refusal)) })
      }
    }
    return answerJson(context, { changed, refused })
  })

  routes.post(paths.bulkUndoing, async (context) => {
    const { accountId } = signedIn(context)
    const form = await readForm(
      context,
      { 'change[]': z.array(z.string().max(64)).min(1).max(mostTasks) },
      ['change[]'],
    )
    const counts = { withdrawn: 0, reversed: 0, 'too-late': 0, 'changed-since': 0, refused: 0 }
    // A task's last change is undone first.
    for await (const changeId of inTurns(form['change[]'].toReversed())) {
      const { kind } = await changes.undo(accountId, asChangeId(changeId))
      counts[kind] += 1
    }
    const { withdrawn, reversed } = counts
    return answerJson(context, {
      withdrawn,
      reversed,
      tooLate: counts['too-late'] + counts['changed-since'] + counts.refused,
    })
  })

  async function recordOne(
    session: Session,
    connections: readonly Connection[],
    form: BulkForm,
    name: string,
  ): Promise<Recorded> {
    const [connectionId = '', taskId = ''] = name.split('/')
    const reference: TaskReference = {
      accountId: session.accountId,
      connectionId: asConnectionId(connectionId),
      taskId: asTaskId(taskId),
    }
    const key = keyOf(form, name)
    if (form.action === 'deletion') return await changes.remove(reference, key)
    const { timeZone } = session
    const found = await tasks.find({ ...reference, timeZone }, connections)
    if (found === undefined) return { kind: 'refused', refusal: 'no-such-task' }
    const patch = patchOf(session, form, found.task)
    return await changes.update(reference, patch, key, seenOf(form, name))
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

  function patchOf(session: Session, form: BulkForm, task: ListedTask): TaskPatch {
    switch (form.action) {
      case 'completion':
        return { isCompleted: true }
      case 'deadline':
        return { deadlineAt: deadlineFor(session, form, task) }
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
  function deadlineFor({ timeZone }: Session, form: BulkForm, task: ListedTask): number | null {
    const now = clock.now()
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

  return routes
}
