// POST …/replacement: saves a new text by replacing the task with a copy.
import { signedIn } from '../../pages.ts'
import { readForm } from '../../read-form.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { getTask, taskNamesOf, taskPageOf } from '../task-page.ts'
import { answerChange } from './answer-change.ts'
import { changeFields, contentField, requestKeyOf } from './change-form.ts'
import { textProblem } from './text-problems.ts'

const replacementFields = { ...changeFields, content: contentField }

export async function replaceTask(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const form = await readForm(context, replacementFields)
  const { content, returnTo } = form
  const task = taskNamesOf(context, session)
  const recorded = await parts.changes.replace(task, content, requestKeyOf(context, form))
  const problem = textProblem(recorded)
  if (problem === undefined) {
    return answerChange(parts, context, recorded, { what: 'replaced', returnTo })
  }
  const refused = { kind: 'text', content, problem } as const
  const found = await getTask(parts, context, session)
  const page = await taskPageOf(parts, context, session, { found, from: returnTo, refused })
  return context.html(page, 422)
}
