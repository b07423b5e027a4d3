// POST …/deletion: deletes a task.
import { signedIn } from '../../pages.ts'
import { readForm } from '../../read-form.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { taskNamesOf } from '../task-page.ts'
import { answerChange } from './answer-change.ts'
import { changeFields, requestKeyOf } from './change-form.ts'

export async function deleteTask(parts: RouteParts, context: WebContext): Promise<Response> {
  const task = taskNamesOf(context, signedIn(context))
  const form = await readForm(context, changeFields)
  const recorded = await parts.changes.remove(task, requestKeyOf(context, form))
  return answerChange(parts, context, recorded, { what: 'deleted', returnTo: form.returnTo })
}
