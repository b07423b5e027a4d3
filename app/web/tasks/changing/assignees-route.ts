// POST …/assignees: sets a task's assignees.
import { z } from 'zod'
import { asMemberId } from '../../../support/ids.ts'
import { signedIn } from '../../pages.ts'
import { readForm } from '../../read-form.ts'
import { listInWords } from '../../ui/words.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { taskNamesOf } from '../task-page.ts'
import { answerChange } from './answer-change.ts'
import { changeFields, requestKeyOf } from './change-form.ts'

const assigneeFields = { ...changeFields, 'assignee[]': z.array(z.string().max(64)).max(200) }

export async function assignTask(parts: RouteParts, context: WebContext): Promise<Response> {
  const task = taskNamesOf(context, signedIn(context))
  const form = await readForm(context, assigneeFields, ['assignee[]'])
  const assigneeIds = [...new Set(form['assignee[]'])].map(asMemberId)
  const recorded = await parts.changes.update(task, { assigneeIds }, requestKeyOf(context, form))
  const members = (await parts.tasks.listAssignable(task)) ?? []
  const assigned = members.filter(({ memberId }) => assigneeIds.includes(memberId))
  const { returnTo } = form
  return answerChange(parts, context, recorded, {
    what: 'reassigned',
    detail: ownersInWords(assigned),
    returnTo,
  })
}

/** Completes "“X” is now …": "yours", "Ben’s", "unassigned", "assigned to Ada and Ben". */
export function ownersInWords(
  members: readonly { readonly name: string; readonly isMe: boolean }[],
): string {
  const [first, second] = members
  if (first === undefined) return 'unassigned'
  if (second !== undefined) return `assigned to ${listInWords(members.map(({ name }) => name))}`
  return first.isMe ? 'yours' : `${first.name}’s`
}
