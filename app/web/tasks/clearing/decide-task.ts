// POST /clear: records the decision about an overdue task, or takes the last one back.
import { z } from 'zod'
import type { Session } from '../../../accounts/accounts.ts'
import type { Recorded, RequestKey, TaskPatch } from '../../../tasks/changes.ts'
import { asConnectionId, asMemberId, asTaskId, type AccountId } from '../../../support/ids.ts'
import { movedDeadline, nowOnPage, type ListedTask } from '../../../tasks/tasks.ts'
import { clearingAddress } from '../../addresses.ts'
import { signedIn } from '../../pages.ts'
import { readForm } from '../../read-form.ts'
import { leaveToast } from '../../toast-cookie.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { refusalOf } from '../changing/answer-change.ts'
import { shownField } from '../changing/change-form.ts'
import { filtersOf } from '../list-query.ts'
import {
  batchMark,
  clearingFields,
  decisionKey,
  decisions,
  readState,
  taskMark,
  writeState,
  type ClearingState,
  type Decision,
} from './clearing-state.ts'

const decisionFields = {
  ...clearingFields,
  requestKey: z.string().regex(/^[\w-]{16,64}$/),
  /** absent on the last page, which can only go back */
  connectionId: z.string().max(64).default(''),
  taskId: z.string().max(64).default(''),
  decision: z.enum([...decisions, 'back']),
  'assignee[]': z.array(z.string().max(64)).max(200),
  shown: shownField,
  /** the day that the page showed as today */
  today: z.string().max(10).optional(),
}

type DecisionForm = z.output<z.ZodObject<typeof decisionFields>>

/** Longer than a person sits over their overdue tasks. */
const backWithinMs = 24 * 3_600_000

export async function decideTask(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const form = await readForm(context, decisionFields, ['assignee[]'])
  const before = readState(form.state ?? '') ?? { total: 0, decided: [] }
  const after =
    form.decision === 'back'
      ? await goBack(parts, session.accountId, before)
      : await decide(parts, context, session, { before, decision: form.decision, form })
  return context.redirect(clearingAddress({ ...filtersOf(form), state: writeState(after) }), 303)
}

/** Returns the state after a decision; a refused one leaves the task where it is, with a toast that says why. */
async function decide(
  parts: RouteParts,
  context: WebContext,
  session: Session,
  {
    before,
    decision,
    form,
  }: {
    readonly before: ClearingState
    readonly decision: Decision
    readonly form: DecisionForm
  },
): Promise<ClearingState> {
  const task = taskMark(form.taskId)
  const batch = batchMark(form.requestKey)
  const after = { ...before, decided: [...before.decided, { decision, task, batch }] }
  if (decision === 'skipped') return after
  const key = decisionKey({ task, batch })
  const recorded = await record(parts, session, { decision, form, key })
  if (recorded.kind !== 'refused') return after
  const refusal = refusalOf(recorded.refusal)
  leaveToast(parts.cookies, context, { kind: 'not-changed', refusal })
  return before
}

type Change = Exclude<Decision, 'skipped'>

async function record(
  { changes, clock, sync, tasks }: RouteParts,
  { accountId, timeZone }: Session,
  {
    decision,
    form,
    key,
  }: { readonly decision: Change; readonly form: DecisionForm; readonly key: RequestKey },
): Promise<Recorded> {
  const connectionId = asConnectionId(form.connectionId)
  const reference = { accountId, connectionId, taskId: asTaskId(form.taskId), timeZone }
  const found = await tasks.find(reference, await sync.listConnections(accountId))
  if (found === undefined) return { kind: 'refused', refusal: 'no-such-task' }
  const patch = patchOf(decision, form, found.task, { now: clock.now(), timeZone })
  const seen = form.shown && { assigneeIds: form.shown.map(asMemberId) }
  return await changes.update(reference, patch, key, seen)
}

function patchOf(
  decision: Change,
  form: DecisionForm,
  { deadlineAt }: ListedTask,
  reader: { readonly now: number; readonly timeZone: string },
): TaskPatch {
  switch (decision) {
    case 'done':
      return { isCompleted: true }
    case 'given':
      return { assigneeIds: [...new Set(form['assignee[]'])].map(asMemberId) }
    // Right after midnight, the day that the page showed as today is over.
    case 'today':
      return { deadlineAt: movedDeadline(deadlineAt, decision, reader) }
    case 'tomorrow':
    case 'next-monday': {
      const now = nowOnPage(form.today, reader.now, reader.timeZone)
      return { deadlineAt: movedDeadline(deadlineAt, decision, { ...reader, now }) }
    }
  }
}

async function goBack(
  { changes }: RouteParts,
  accountId: AccountId,
  before: ClearingState,
): Promise<ClearingState> {
  const last = before.decided.at(-1)
  if (last !== undefined && last.decision !== 'skipped') {
    await changes.undoRequest(accountId, decisionKey(last), backWithinMs)
  }
  return { ...before, decided: before.decided.slice(0, -1) }
}
