// Decides overdue tasks one at a time: GET shows the next one, POST decides it.
import { Hono } from 'hono'
import { z } from 'zod'
import type { Session } from '../../../accounts/accounts.ts'
import type { Recorded, TaskPatch } from '../../../tasks/changes.ts'
import { asConnectionId, asMemberId, asTaskId } from '../../../support/ids.ts'
import { movedDeadline, type ListedTask } from '../../../tasks/tasks.ts'
import { clearingAddress, paths, taskListAddress } from '../../addresses.ts'
import { signedIn } from '../../pages.ts'
import { Problem } from '../../problem.ts'
import { queryValues } from '../../read-query.ts'
import { readForm } from '../../read-form.ts'
import { leaveToast } from '../../toast-cookie.ts'
import type { RouteParts, WebContext, WebEnv } from '../../web-parts.ts'
import { refusalOf } from '../changing/answer-change.ts'
import { filterFields, filtersOf } from '../list-query.ts'
import { rowOf } from '../task-rows.ts'
import { clearingPage } from '../views/clearing.ts'
import {
  batchMark,
  decisionKey,
  decisions,
  isFull,
  readState,
  taskMark,
  writeState,
  type ClearingState,
  type Decision,
} from './clearing-state.ts'
import { listOverdue } from './list-overdue.ts'

const listFields = {
  ...filterFields,
  state: z.string().max(4_000).optional(),
}
const decisionFields = {
  ...listFields,
  requestKey: z.string().regex(/^[\w-]{16,64}$/),
  /** absent on the last page, which can only go back */
  connectionId: z.string().max(64).default(''),
  taskId: z.string().max(64).default(''),
  decision: z.enum([...decisions, 'back']),
  'assignee[]': z.array(z.string().max(64)).max(200),
}

type DecisionForm = z.output<z.ZodObject<typeof decisionFields>>

const query = z.object({
  ...listFields,
  give: z.literal('yes').optional(),
  find: z.string().max(256).default(''),
})

/** Longer than a person sits over their overdue tasks. */
const backWithinMs = 24 * 3_600_000

export function clearingRoutes(parts: RouteParts) {
  const { changes, clock } = parts
  const routes = new Hono<WebEnv>()

  routes.get(paths.clearing, async (context) => {
    const session = signedIn(context)
    const asked = query.safeParse(queryValues(context))
    if (!asked.success) throw new Problem({ kind: 'not-found' })
    return context.html(await pageOf(context, session, asked.data))
  })

  routes.post(paths.clearing, async (context) => {
    const session = signedIn(context)
    const form = await readForm(context, decisionFields, ['assignee[]'])
    const before = readState(form.state ?? '') ?? { total: 0, decided: [] }
    const after = await decide(context, session, form, before)
    return context.redirect(clearingAddress({ ...filtersOf(form), state: writeState(after) }), 303)
  })

  async function pageOf(context: WebContext, session: Session, list: z.output<typeof query>) {
    const filters = filtersOf(list)
    const connections = await parts.sync.listConnections(session.accountId)
    const overdue = await listOverdue(parts, session, { filters, connections, limit: 400 })
    const state = readState(list.state ?? '') ?? { total: overdue.total, decided: [] }
    const decided = new Set(state.decided.map(({ task }) => task))
    const task = isFull(state)
      ? undefined
      : overdue.tasks.find(({ taskId }) => !decided.has(taskMark(taskId)))
    const frame = await parts.pages.appFrame(context, session, { connections })
    const assignable =
      task === undefined || list.give === undefined
        ? undefined
        : await parts.tasks.listAssignable(
            { accountId: session.accountId, connectionId: task.connectionId },
            { text: list.find },
          )
    return clearingPage({
      frame,
      list: { ...filters, state: writeState(state) },
      task: task && rowOf(task, connections),
      position: {
        at: state.decided.length + 1,
        total: Math.max(state.total, state.decided.length),
      },
      counts: countsOf(state),
      members: assignable?.members,
      memberSearch: assignable?.isWhole === false ? list.find.trim() : undefined,
      back: taskListAddress({ view: 'today', ...filters, page: 1 }),
    })
  }

  async function decide(
    context: WebContext,
    session: Session,
    form: DecisionForm,
    before: ClearingState,
  ): Promise<ClearingState> {
    const { decision } = form
    if (decision === 'back') return await goBack(session, before)
    const task = taskMark(form.taskId)
    const batch = batchMark(form.requestKey)
    const after = { ...before, decided: [...before.decided, { decision, task, batch }] }
    if (decision === 'skipped') return after
    const recorded = await record(session, form, decision, decisionKey({ task, batch }))
    if (recorded.kind !== 'refused') return after
    const refusal = refusalOf(recorded.refusal)
    leaveToast(parts.cookies, context, { kind: 'not-changed', refusal })
    return before
  }

  async function record(
    { accountId, timeZone }: Session,
    form: DecisionForm,
    decision: Exclude<Decision, 'skipped'>,
    requestKey: string,
  ): Promise<Recorded> {
    const connectionId = asConnectionId(form.connectionId)
    const reference = { accountId, connectionId, taskId: asTaskId(form.taskId), timeZone }
    const connections = await parts.sync.listConnections(accountId)
    const found = await parts.tasks.find(reference, connections)
    if (found === undefined) return { kind: 'refused', refusal: 'no-such-task' }
    const patch = patchOf(decision, form, found.task, { now: clock.now(), timeZone })
    return await changes.update(reference, patch, requestKey)
  }

  async function goBack({ accountId }: Session, before: ClearingState): Promise<ClearingState> {
    const last = before.decided.at(-1)
    if (last !== undefined && last.decision !== 'skipped') {
      await changes.undoRequest(accountId, decisionKey(last), backWithinMs)
    }
    return { ...before, decided: before.decided.slice(0, -1) }
  }

  return routes
}

function patchOf(
  decision: Exclude<Decision, 'skipped'>,
  form: DecisionForm,
  { deadlineAt }: ListedTask,
  reader: { readonly now: number; readonly timeZone: string },
): TaskPatch {
  switch (decision) {
    case 'done':
      return { isCompleted: true }
    case 'given':
      return { assigneeIds: [...new Set(form['assignee[]'])].map(asMemberId) }
    case 'today':
    case 'tomorrow':
    case 'next-monday':
      return { deadlineAt: movedDeadline(deadlineAt, decision, reader) }
  }
}

function countsOf({ decided }: ClearingState) {
  const count = (...kinds: readonly Decision[]): number =>
    decided.filter(({ decision }) => kinds.includes(decision)).length
  return {
    done: count('done'),
    moved: count('today', 'tomorrow', 'next-monday'),
    given: count('given'),
    skipped: count('skipped'),
  }
}
