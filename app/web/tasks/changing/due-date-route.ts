// POST …/deadline: sets a task's due date, from a quick button, words, or the fields.
import { z } from 'zod'
import type { Session } from '../../../accounts/accounts.ts'
import {
  chosenOf,
  deadlineOf,
  otherTimeOf,
  quickDates,
  quickDateText,
  readDate,
  type ChosenDeadline,
} from '../../../tasks/tasks.ts'
import { signedIn } from '../../pages.ts'
import { readForm, textField } from '../../read-form.ts'
import { deadlineInWords } from '../../ui/words.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { getTask, taskNamesOf, taskPageOf } from '../task-page.ts'
import { answerChange } from './answer-change.ts'
import { changeFields, requestKeyOf } from './change-form.ts'

const dueDateFields = {
  ...changeFields,
  date: textField,
  time: textField,
  words: textField,
  quick: z.enum([...quickDates, 'none']).optional(),
  /** the date shown on a quick button, which keeps the time of day */
  day: textField,
  /** which of two times that read alike, in an hour that comes twice */
  which: z.enum(['first', 'second']).optional(),
}

type DueDateForm = z.output<z.ZodObject<typeof dueDateFields>>

export async function setDueDate(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const { timeZone } = session
  const form = await readForm(context, dueDateFields)
  const { returnTo } = form
  const chosen = await chosenDate(parts, context, session, form)
  const deadlineAt =
    form.quick === 'none' ? null : await chosenDeadline(parts, context, session, { form, chosen })
  if (deadlineAt === undefined) {
    const problem = chosen.date === '' ? 'A time needs a date.' : 'Enter a date like 2026-11-23.'
    const refused = { kind: 'deadline', ...chosen, problem } as const
    const found = await getTask(parts, context, session)
    const page = await taskPageOf(parts, context, session, { found, from: returnTo, refused })
    return context.html(page, 422)
  }
  const task = taskNamesOf(context, session)
  const recorded = await parts.changes.update(task, { deadlineAt }, requestKeyOf(context, form))
  const reader = { now: parts.clock.now(), timeZone }
  const detail = deadlineAt === null ? undefined : deadlineInWords(deadlineAt, reader).unmistakable
  return answerChange(parts, context, recorded, { what: 're-dated', detail, returnTo })
}

/** Keeps the task's time of day when a date comes without a time. */
async function chosenDate(
  parts: RouteParts,
  context: WebContext,
  session: Session,
  form: DueDateForm,
): Promise<ChosenDeadline> {
  const now = parts.clock.now()
  const { timeZone } = session
  if (form.which !== undefined) {
    return chosenOf((await getTask(parts, context, session)).task.deadlineAt, timeZone)
  }
  if (form.day !== '') return await keepingTime(form.day)
  if (form.quick !== undefined && form.quick !== 'none') {
    return await keepingTime(quickDateText(form.quick, now, timeZone))
  }
  if (form.words === '') return { date: form.date, time: form.time }
  const read = readDate(form.words, { now, timeZone })
  if (read === undefined) return { date: form.words, time: form.time }
  return read.time === '' ? await keepingTime(read.date) : read

  async function keepingTime(date: string): Promise<ChosenDeadline> {
    const { task } = await getTask(parts, context, session)
    return { date, time: chosenOf(task.deadlineAt, timeZone).time }
  }
}

/** Returns the first of two times that read alike, unless the task has the second one or the person chose it. */
async function chosenDeadline(
  parts: RouteParts,
  context: WebContext,
  session: Session,
  { form, chosen }: { readonly form: DueDateForm; readonly chosen: ChosenDeadline },
): Promise<number | null | undefined> {
  const { timeZone } = session
  const first = deadlineOf(chosen, timeZone)
  const other = first === undefined ? undefined : otherTimeOf(first, timeZone)
  if (other === undefined) return first
  if (form.which !== undefined) return form.which === 'first' ? first : other.otherAt
  const { task } = await getTask(parts, context, session)
  return task.deadlineAt === other.otherAt ? other.otherAt : first
}
