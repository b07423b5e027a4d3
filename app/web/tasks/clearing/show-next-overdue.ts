// GET /clear: shows the next overdue task that the person has not decided yet.
import { z } from 'zod'
import type { Session } from '../../../accounts/accounts.ts'
import type { Assignable, ListedTask } from '../../../tasks/tasks.ts'
import { taskListAddress } from '../../addresses.ts'
import { signedIn } from '../../pages.ts'
import { Problem } from '../../problem.ts'
import { queryValues } from '../../read-query.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { filtersOf } from '../list-query.ts'
import { rowOf } from '../task-rows.ts'
import { clearingPage } from '../views/clearing.ts'
import {
  clearingFields,
  isFull,
  readState,
  taskMark,
  writeState,
  type ClearingState,
  type Decision,
} from './clearing-state.ts'
import { listOverdue } from './list-overdue.ts'

const query = z.object({
  ...clearingFields,
  give: z.literal('yes').optional(),
  find: z.string().max(256).default(''),
})

type Asked = z.output<typeof query>

export async function showNextOverdue(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const asked = query.safeParse(queryValues(context))
  if (!asked.success) throw new Problem({ kind: 'not-found' })
  const filters = filtersOf(asked.data)
  const connections = await parts.sync.listConnections(session.accountId)
  const overdue = await listOverdue(parts, session, { filters, connections, limit: 400 })
  const state = readState(asked.data.state ?? '') ?? { total: overdue.total, decided: [] }
  const task = nextOf(overdue.tasks, state)
  const frame = await parts.pages.appFrame(context, session, { connections })
  const assignable = task && (await findAssignable(parts, session, task, asked.data))
  const page = clearingPage({
    frame,
    list: { ...filters, state: writeState(state) },
    task: task && rowOf(task, connections),
    position: {
      at: state.decided.length + 1,
      total: Math.max(state.total, state.decided.length),
    },
    counts: countsOf(state),
    members: assignable?.members,
    memberSearch: assignable?.isWhole === false ? asked.data.find.trim() : undefined,
    back: taskListAddress({ view: 'today', ...filters, page: 1 }),
  })
  return context.html(page)
}

function nextOf(overdue: readonly ListedTask[], state: ClearingState): ListedTask | undefined {
  if (isFull(state)) return undefined
  const decided = new Set(state.decided.map(({ task }) => task))
  return overdue.find(({ taskId }) => !decided.has(taskMark(taskId)))
}

/** Lists the members to whom the task can be given, when the person asked to give it. */
async function findAssignable(
  { tasks }: RouteParts,
  { accountId }: Session,
  { connectionId }: ListedTask,
  { find, give }: Asked,
): Promise<Assignable | undefined> {
  if (give === undefined) return undefined
  return await tasks.listAssignable({ accountId, connectionId }, { text: find })
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
