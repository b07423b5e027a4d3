// POST …/completion: completes a task, perhaps with a note on a linked record, or reopens it.
import { z } from 'zod'
import { hasVisibleCharacter } from '../../../support/visible-text.ts'
import { signedIn } from '../../pages.ts'
import { readForm } from '../../read-form.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { answerChange } from './answer-change.ts'
import { changeFields, contentField, requestKeyOf } from './change-form.ts'
import { noteProblem } from './text-problems.ts'
import { getTask, taskNamesOf, taskPageOf } from '../task-page.ts'

const completionFields = {
  ...changeFields,
  isCompleted: z.enum(['yes', 'no']).default('yes'),
  note: contentField,
  recordId: z.string().max(64).default(''),
}

type CompletionForm = z.output<z.ZodObject<typeof completionFields>>

export async function completeTask(parts: RouteParts, context: WebContext): Promise<Response> {
  const form = await readForm(context, completionFields)
  const isCompleted = form.isCompleted === 'yes'
  if (isCompleted && hasVisibleCharacter(form.note)) {
    return await completeWithNote(parts, context, form)
  }
  const task = taskNamesOf(context, signedIn(context))
  const key = requestKeyOf(context, form)
  const recorded = await parts.changes.update(task, { isCompleted }, key)
  const what = isCompleted ? 'completed' : 'reopened'
  return answerChange(parts, context, recorded, { what, returnTo: form.returnTo })
}

async function completeWithNote(
  parts: RouteParts,
  context: WebContext,
  form: CompletionForm,
): Promise<Response> {
  const session = signedIn(context)
  const { note: text, recordId, returnTo } = form
  const task = taskNamesOf(context, session)
  const key = requestKeyOf(context, form)
  const recorded = await parts.changes.completeWithNote(task, { recordId, text }, key)
  const problem = noteProblem(recorded)
  if (problem !== undefined) {
    const refused = { kind: 'note', text, recordId, problem } as const
    const found = await getTask(parts, context, session)
    const page = await taskPageOf(parts, context, session, { found, from: returnTo, refused })
    return context.html(page, 422)
  }
  // A task that was completed already gets the note alone.
  const isAlone = recorded.kind === 'recorded' && recorded.change.kind === 'note'
  const what = isAlone ? 'note-added' : 'completed-with-note'
  return answerChange(parts, context, recorded, { what, returnTo })
}
