// Everything that can be changed of a task that exists; and what becomes of a change: undone, sent again, given up.
import { Hono } from 'hono'
import { z } from 'zod'
import type { TaskPatch } from '../../../tasks/changes.ts'
import type { Session } from '../../../accounts/accounts.ts'
import { asChangeId, asMemberId, type ConnectionId } from '../../../support/ids.ts'
import {
  chosenOf,
  deadlineOf,
  quickDates,
  quickDateText,
  readDate,
  type ChosenDeadline,
  type QuickDate,
} from '../../../tasks/tasks.ts'
import { paths } from '../../addresses.ts'
import { readForm, textField } from '../../read-form.ts'
import { leaveToast } from '../../toast-cookie.ts'
import { signedIn } from '../../pages.ts'
import { deadlineInWords } from '../../ui/words.ts'
import type { RouteParts, WebContext, WebEnv } from '../../web-parts.ts'
import { answerChange, contentOf, type Answer } from './answer-change.ts'
import { changeFields, contentField, requestKeyOf, returnField } from './change-form.ts'
import { getTask, taskNamesOf, taskPageOf } from '../task-page.ts'
import { textProblem } from './text-problems.ts'

export function changeRoutes(parts: RouteParts) {
  const { changes, clock, cookies } = parts
  const routes = new Hono<WebEnv>()

  routes.post(paths.completion, async (context) => {
    const session = signedIn(context)
    const shape = { ...changeFields, isCompleted: z.enum(['yes', 'no']).default('yes') }
    const form = await readForm(context, shape)
    const isCompleted = form.isCompleted === 'yes'
    const answer = {
      what: isCompleted ? 'completed' : 'reopened',
      returnTo: form.returnTo,
    } as const
    return await update(context, session, form, { patch: { isCompleted }, answer })
  })

  routes.post(paths.deadline, async (context) => {
    const session = signedIn(context)
    const { timeZone } = session
    const form = await readForm(context, {
      ...changeFields,
      date: textField,
      time: textField,
      words: textField,
      quick: z.enum([...quickDates, 'none']).optional(),
    })
    const { quick, returnTo } = form
    const now = clock.now()
    const { date, time } = await chosenDate(context, session, form)
    const deadlineAt = quick === 'none' ? null : deadlineOf({ date, time }, timeZone)
    if (deadlineAt === undefined) {
      const problem = date === '' ? 'A time needs a day.' : 'Write the day like this: 2026-11-23.'
      const refused = { kind: 'deadline', date, time, problem } as const
      const found = await getTask(parts, context, session)
      const page = await taskPageOf(parts, context, session, { found, from: returnTo, refused })
      return context.html(page, 422)
    }
    const detail =
      deadlineAt === null ? undefined : deadlineInWords(deadlineAt, { now, timeZone }).text
    const answer = { what: 're-dated', detail, returnTo } as const
    return await update(context, session, form, { patch: { deadlineAt }, answer })
  })

  routes.post(paths.assignees, async (context) => {
    const session = signedIn(context)
    const shape = { ...changeFields, 'assignee[]': z.array(z.string().max(64)).max(200) }
    const form = await readForm(context, shape, ['assignee[]'])
    const patch = { assigneeIds: [...new Set(form['assignee[]'])].map(asMemberId) }
    const answer = { what: 'reassigned', returnTo: form.returnTo } as const
    return await update(context, session, form, { patch, answer })
  })

  const recordFields = {
    ...changeFields,
    targetObject: z.string().min(1).max(200),
    recordId: z.string().min(1).max(64),
  }

  routes.post(paths.linkedRecords, async (context) => {
    const session = signedIn(context)
    const form = await readForm(context, recordFields)
    const { targetObject, recordId, returnTo } = form
    const { task } = await getTask(parts, context, session)
    const rest = task.linkedRecords.filter((link) => link.recordId !== recordId)
    const patch = { linkedRecords: [...rest, { targetObject, recordId }] }
    const detail = await nameOf(task.connectionId, recordId)
    const answer = { what: 'linked', detail, returnTo: `${returnTo}#records` } as const
    return await update(context, session, form, { patch, answer })
  })

  routes.post(paths.unlinking, async (context) => {
    const session = signedIn(context)
    const form = await readForm(context, recordFields)
    const { recordId, returnTo } = form
    const { task } = await getTask(parts, context, session)
    const patch = { linkedRecords: task.linkedRecords.filter((link) => link.recordId !== recordId) }
    const detail = await nameOf(task.connectionId, recordId)
    const answer = { what: 'unlinked', detail, returnTo: `${returnTo}#records` } as const
    return await update(context, session, form, { patch, answer })
  })

  routes.post(paths.replacement, async (context) => {
    const session = signedIn(context)
    const form = await readForm(context, { ...changeFields, content: contentField })
    const { content, returnTo } = form
    const task = taskNamesOf(context, session)
    const recorded = await changes.replace(task, content, requestKeyOf(context, form))
    const problem = textProblem(recorded)
    if (problem !== undefined) {
      const refused = { kind: 'text', content, problem } as const
      const found = await getTask(parts, context, session)
      const page = await taskPageOf(parts, context, session, { found, from: returnTo, refused })
      return context.html(page, 422)
    }
    return answerChange(parts, context, recorded, { what: 'replaced', returnTo })
  })

  routes.post(paths.deletion, async (context) => {
    const session = signedIn(context)
    const form = await readForm(context, changeFields)
    const recorded = await changes.remove(
      taskNamesOf(context, session),
      requestKeyOf(context, form),
    )
    const { returnTo } = form
    return answerChange(parts, context, recorded, { what: 'deleted', returnTo })
  })

  routes.post(paths.undoing, async (context) => {
    const { accountId } = signedIn(context)
    const { returnTo } = await readForm(context, returnField)
    const taken = await changes.undo(accountId, changeOf(context))
    leaveToast(
      cookies,
      context,
      taken.kind === 'too-late'
        ? { kind: 'undo-too-late' }
        : {
            kind: taken.kind === 'withdrawn' ? 'undone' : 'undoing',
            content: contentOf(taken.change),
          },
    )
    return context.redirect(returnTo, 303)
  })

  routes.post(paths.attempt, async (context) => {
    const { accountId } = signedIn(context)
    const { returnTo } = await readForm(context, returnField)
    const isSent = await changes.tryAgain(accountId, changeOf(context))
    leaveToast(cookies, context, { kind: isSent ? 'sent-again' : 'no-longer-refused' })
    return context.redirect(returnTo, 303)
  })

  routes.post(paths.dismissal, async (context) => {
    const { accountId } = signedIn(context)
    const { returnTo } = await readForm(context, returnField)
    const isDiscarded = await changes.discard(accountId, changeOf(context))
    leaveToast(cookies, context, { kind: isDiscarded ? 'discarded' : 'no-longer-refused' })
    return context.redirect(returnTo, 303)
  })

  /** A day that was chosen without a time keeps the task's own time of day. */
  async function chosenDate(
    context: WebContext,
    session: Session,
    form: ChosenDeadline & {
      readonly words: string
      readonly quick?: QuickDate | 'none' | undefined
    },
  ): Promise<ChosenDeadline> {
    const when = { now: clock.now(), timeZone: session.timeZone }
    const chosen =
      form.quick !== undefined && form.quick !== 'none'
        ? { date: quickDateText(form.quick, when.now, when.timeZone), time: '' }
        : form.words === ''
          ? undefined
          : readDate(form.words, when)
    if (chosen === undefined)
      return { date: form.words === '' ? form.date : form.words, time: form.time }
    if (chosen.time !== '') return chosen
    const { task } = await getTask(parts, context, session)
    return { date: chosen.date, time: chosenOf(task.deadlineAt, when.timeZone).time }
  }

  async function update(
    context: WebContext,
    session: Session,
    form: { readonly requestKey: string; readonly returnTo: string },
    { patch, answer }: { readonly patch: TaskPatch; readonly answer: Answer },
  ): Promise<Response> {
    const task = taskNamesOf(context, session)
    const recorded = await changes.update(task, patch, requestKeyOf(context, form))
    return answerChange(parts, context, recorded, answer)
  }

  async function nameOf(connectionId: ConnectionId, recordId: string): Promise<string | undefined> {
    const [record] = await parts.mirror.listRecords(connectionId, [recordId])
    return record === undefined || record.name === '' ? undefined : record.name
  }

  return routes
}

function changeOf(context: WebContext) {
  return asChangeId(context.req.param('changeId') ?? '')
}
