// POST …/completion: completes a task, or reopens it.
import { z } from 'zod'
import { signedIn } from '../../pages.ts'
import { readForm } from '../../read-form.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { answerChange } from './answer-change.ts'
import { changeFields, requestKeyOf } from './change-form.ts'
import { taskNamesOf } from '../task-page.ts'

const completionFields = { ...changeFields, isCompleted: z.enum(['yes', 'no']).default('yes') }

export async function completeTask(parts: RouteParts, context: WebContext): Promise<Response> {
  const task = taskNamesOf(context, signedIn(context))
  const form = await readForm(context, completionFields)
  const isCompleted = form.isCompleted === 'yes'
  const recorded = await parts.changes.update(task, { isCompleted }, requestKeyOf(context, form))
  const what = isCompleted ? 'completed' : 'reopened'
  return answerChange(parts, context, recorded, { what, returnTo: form.returnTo })
}
