// POST /tasks: adds one task from quick add. A refused one comes back in its form, above the list that it was typed at.
import { z } from 'zod'
import type { NewTask } from '../../../tasks/changes.ts'
import type { Session } from '../../../accounts/accounts.ts'
import type { ListedConnection } from '../../../sync/sync.ts'
import { dueInstant } from '../../../tasks/tasks.ts'
import { taskAddress } from '../../addresses.ts'
import { signedIn } from '../../pages.ts'
import { readForm, textField } from '../../read-form.ts'
import { deadlineInWords } from '../../ui/words.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { answerChange } from '../changing/answer-change.ts'
import { changeFields, contentField, requestKeyOf } from '../changing/change-form.ts'
import { newTaskProblem } from '../changing/text-problems.ts'
import { listAddressOf, listPage } from '../list-page.ts'
import { connectionFor, readNewTask } from './new-task.ts'

const addingFields = {
  ...changeFields,
  content: contentField,
  date: textField,
  /** the day that the page showed as today */
  today: textField,
  connectionId: textField,
  isMine: z.literal('yes').optional(),
  open: z.literal('yes').optional(),
  /** phrases to keep as text */
  'kept[]': z.array(z.string().max(200)).max(20),
  /** records that the script found in Attio: `companies/<id>` */
  'record[]': z.array(z.string().regex(/^[\w-]{1,200}\/[\w-]{1,64}$/)).max(20),
}

type AddingForm = z.output<z.ZodObject<typeof addingFields>>

export async function addTaskFromForm(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const form = await readForm(context, addingFields, ['kept[]', 'record[]'])
  const connections = await parts.sync.listConnections(session.accountId)
  const again = async (problem: string): Promise<Response> =>
    await showAgain(parts, context, session, { connections, form, problem })
  if (form.connectionId === '') return await again('Choose a workspace.')
  const { accountId } = session
  const connection = connectionFor(connections, form.connectionId)
  const { connectionId } = connection
  const task = await readNewTask(parts, session, connection, form.content, form)
  if (task === undefined) return await again('Enter a date like 2026-11-23.')
  const key = requestKeyOf(context, form)
  const recorded = await parts.changes.create({ accountId, connectionId }, task, key)
  const problem = newTaskProblem(recorded)
  if (problem !== undefined) return await again(problem)
  const returnTo =
    form.open === undefined || recorded.kind !== 'recorded'
      ? form.returnTo
      : taskAddress({ connectionId, taskId: recorded.change.changeId }, { from: form.returnTo })
  const detail = dueInWords(parts, session, task)
  return answerChange(parts, context, recorded, { what: 'added', detail, returnTo })
}

async function showAgain(
  parts: RouteParts,
  context: WebContext,
  session: Session,
  {
    connections,
    form,
    problem,
  }: {
    readonly connections: readonly ListedConnection[]
    readonly form: AddingForm
    readonly problem: string
  },
): Promise<Response> {
  const { content, date, connectionId } = form
  const refused = { content, date, connectionId, isMine: form.isMine !== undefined, problem }
  const address = listAddressOf(form.returnTo)
  const request = { ...parts.pages.requestOf(context), address }
  const { html } = await listPage(parts, session, { request, connections, refused })
  return context.html(html, 422)
}

function dueInWords(
  { clock }: RouteParts,
  { timeZone }: Session,
  { deadlineAt }: NewTask,
): string | undefined {
  if (deadlineAt === null) return undefined
  const reader = { now: clock.now(), timeZone }
  return deadlineInWords(dueInstant(deadlineAt, timeZone), reader).text
}
