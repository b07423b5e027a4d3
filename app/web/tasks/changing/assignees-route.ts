// POST …/assignees: adds and removes assignees, by what the person made of the list that the page showed.
import { z } from 'zod'
import { asMemberId } from '../../../support/ids.ts'
import { signedIn } from '../../pages.ts'
import { readForm } from '../../read-form.ts'
import { listInWords } from '../../ui/words.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { taskNamesOf } from '../task-page.ts'
import { answerChange } from './answer-change.ts'
import { changeFields, requestKeyOf, shownField } from './change-form.ts'

const assigneeFields = {
  ...changeFields,
  'assignee[]': z.array(z.string().max(64)).max(200),
  shown: shownField,
}

export async function assignTask(parts: RouteParts, context: WebContext): Promise<Response> {
  const task = taskNamesOf(context, signedIn(context))
  const form = await readForm(context, assigneeFields, ['assignee[]'])
  const assigneeIds = [...new Set(form['assignee[]'])].map(asMemberId)
  const { returnTo, shown } = form
  const seen = shown && { assigneeIds: shown.map(asMemberId) }
  const key = requestKeyOf(context, form)
  const recorded = await parts.changes.update(task, { assigneeIds }, key, seen)
  const now = recorded.kind === 'recorded' ? recorded.change.wanted.assigneeIds : undefined
  const assigned = await parts.tasks.nameMembers(task, now ?? assigneeIds)
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
