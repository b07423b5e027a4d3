// Moves the overdue tasks of a list to today, and undoes that. The toast says how many are left.
import { z } from 'zod'
import type { Session } from '../../../accounts/accounts.ts'
import type { TakenBack } from '../../../tasks/changes.ts'
import { inTurns } from '../../../support/in-turns.ts'
import { movedDeadline } from '../../../tasks/tasks.ts'
import { paths } from '../../addresses.ts'
import { signedIn } from '../../pages.ts'
import { readForm } from '../../read-form.ts'
import type { Route } from '../../routes.ts'
import { leaveToast } from '../../toast-cookie.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { changeFields, returnField } from '../changing/change-form.ts'
import { safeReturnTo } from '../../return-to.ts'
import { readListQuery } from '../list-query.ts'
import { batchKey, batchOf, largestBatch } from './batch-keys.ts'
import { listOverdue } from './list-overdue.ts'

/** Recording two hundred changes may take longer than the ten seconds that one change can be undone. */
const undoWithinMs = 60_000

export const overdueRoutes: readonly Route[] = [
  ['POST', paths.overdue, moveOverdue],
  ['POST', paths.overdueUndoing, undoMove],
]

async function moveOverdue(parts: RouteParts, context: WebContext): Promise<Response> {
  const { changes, clock, cookies } = parts
  const session = signedIn(context)
  const form = await readForm(context, { ...changeFields, list: z.string().max(4_096) })
  const { tasks, total } = await overdueOf(parts, session, form.list)
  const reader = { now: clock.now(), timeZone: session.timeZone }
  const batch = batchOf(form.requestKey)
  let count = 0
  for await (const task of inTurns(tasks.slice(0, largestBatch))) {
    const { connectionId, taskId, deadlineAt } = task
    const reference = { accountId: session.accountId, connectionId, taskId }
    const patch = { deadlineAt: movedDeadline(deadlineAt, 'today', reader) }
    const recorded = await changes.update(reference, patch, batchKey(batch, count))
    if (recorded.kind === 'recorded') count += 1
  }
  const toast = { kind: 'moved', count, left: total - count, batch } as const
  leaveToast(cookies, context, count === 0 ? { kind: 'unchanged' } : toast)
  return context.redirect(form.returnTo, 303)
}

const undoingFields = {
  ...returnField,
  batch: z.string().regex(/^[\w-]{22}$/),
  count: z.coerce.number().int().min(1).max(largestBatch),
}

async function undoMove({ changes, cookies }: RouteParts, context: WebContext): Promise<Response> {
  const { accountId } = signedIn(context)
  const form = await readForm(context, undoingFields)
  const undone = new Set<TakenBack['kind']>()
  for await (const at of inTurns(Array.from({ length: form.count }).keys())) {
    const { kind } = await changes.undoRequest(accountId, batchKey(form.batch, at), undoWithinMs)
    undone.add(kind)
  }
  leaveToast(cookies, context, { kind: undoneToast(undone) })
  return context.redirect(form.returnTo, 303)
}

async function overdueOf(parts: RouteParts, session: Session, list: string) {
  const filters = readListQuery(safeReturnTo(list) ?? paths.home)
  const connections = await parts.sync.listConnections(session.accountId)
  return await listOverdue(parts, session, { filters, connections, limit: largestBatch })
}

function undoneToast(undone: ReadonlySet<TakenBack['kind']>) {
  if (undone.has('reversed')) return 'undoing'
  return undone.has('withdrawn') ? 'undone' : 'undo-too-late'
}
