// Adds one task from quick add, or many from pasted lines. The server parses each line again and does not rely on the
// script.
import { Hono } from 'hono'
import { z } from 'zod'
import type { NewTask, Recorded } from '../../tasks/changes.ts'
import type { Session } from '../../accounts/accounts.ts'
import { asConnectionId } from '../../support/ids.ts'
import { inTurns } from '../../support/in-turns.ts'
import { deadlineOf, dueInstant, taskLines, type UnderstoodLine } from '../../tasks/tasks.ts'
import type { ListedConnection } from '../../sync/sync.ts'
import { answerJson } from '../answer-json.ts'
import { paths, taskAddress } from '../addresses.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { readForm, textField } from '../read-form.ts'
import { deadlineInWords } from '../ui/words.ts'
import type { RouteParts, WebEnv } from '../web-parts.ts'
import { answerChange } from './changing/answer-change.ts'
import { changeFields, contentField, requestKeyOf } from './changing/change-form.ts'
import { listAddressOf, listPage } from './list-page.ts'
import { newTaskProblem } from './changing/text-problems.ts'

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

/** The most pasted lines accepted as tasks. */
const mostLines = 50

export function addingRoutes(parts: RouteParts) {
  const { changes, clock, tasks } = parts
  const routes = new Hono<WebEnv>()

  routes.post(paths.tasks, async (context) => {
    const session = signedIn(context)
    const form = await readForm(context, addingFields, ['kept[]', 'record[]'])
    const connections = await parts.sync.listConnections(session.accountId)
    const again = async (problem: string) => {
      const { content, date, connectionId } = form
      const refused = { content, date, connectionId, isMine: form.isMine !== undefined, problem }
      const address = listAddressOf(form.returnTo)
      const page = await listPage(parts, context, session, { address, connections, refused })
      return context.html(page, 422)
    }
    if (form.connectionId === '') return await again('Choose a workspace.')
    const connection = connectionOf(connections, form.connectionId)
    const task = await newTask(session, connection, form.content, form)
    if (task === undefined) return await again('Enter a date like 2026-11-23.')
    const recorded = await create(session, connection, task, requestKeyOf(context, form))
    const problem = newTaskProblem(recorded)
    if (problem !== undefined) return await again(problem)
    const { deadlineAt } = task
    const detail =
      deadlineAt === null
        ? undefined
        : deadlineInWords(dueInstant(deadlineAt, session.timeZone), {
            now: clock.now(),
            timeZone: session.timeZone,
          }).text
    const returnTo =
      form.open === undefined || recorded.kind !== 'recorded'
        ? form.returnTo
        : taskAddress(
            { connectionId: connection.connectionId, taskId: recorded.change.changeId },
            { from: form.returnTo },
          )
    return answerChange(parts, context, recorded, { what: 'added', detail, returnTo })
  })

  routes.post(paths.manyTasks, async (context) => {
    const session = signedIn(context)
    const form = await readForm(context, {
      ...changeFields,
      lines: z.string().max(60_000),
      today: textField,
      connectionId: textField,
      isMine: z.literal('yes').optional(),
    })
    const connections = await parts.sync.listConnections(session.accountId)
    const connection = connectionOf(connections, form.connectionId)
    const changed: string[] = []
    const refused: { readonly line: string; readonly reason: string }[] = []
    const lines = taskLines(form.lines)
    if (lines.length > mostLines) throw new Problem({ kind: 'too-large' })
    for await (const [at, line] of inTurns(lines.entries())) {
      const task = await newTask(session, connection, line, form)
      if (task === undefined) continue
      const fields = { ...form, lines: `${at} ${line}` }
      const key = requestKeyOf(context, fields)
      const recorded = await create(session, connection, task, key)
      if (recorded.kind === 'recorded') changed.push(recorded.change.changeId)
      else refused.push({ line, reason: newTaskProblem(recorded) ?? 'This task is there already.' })
    }
    return answerJson(context, { changed, refused })
  })

  routes.get(paths.quickAddLookup, async (context) => {
    const session = signedIn(context)
    const { timeZone } = session
    const { searchParams } = new URL(context.req.url)
    const text = searchParams.get('text') ?? ''
    const kept = searchParams.getAll('kept').slice(0, 20)
    if (text.length > 2_000) throw new Problem({ kind: 'bad-request' })
    const connections = await parts.sync.listConnections(session.accountId)
    const connection = connectionOf(connections, context.req.param('connectionId') ?? '')
    const understood = await tasks.understand(connection, text, { timeZone, kept })
    return answerJson(context, chipsOf(text, understood, { now: clock.now(), timeZone }))
  })

  async function newTask(
    session: Session,
    connection: ListedConnection,
    line: string,
    form: Partial<Pick<AddingForm, 'date' | 'isMine' | 'kept[]' | 'record[]' | 'today'>>,
  ): Promise<NewTask | undefined> {
    const { timeZone } = session
    const understood = await tasks.understand(connection, line, {
      timeZone,
      kept: form['kept[]'] ?? [],
      ...(form.today !== undefined && { today: form.today }),
    })
    const chosen = understood.due ?? { date: form.date ?? '', time: '' }
    const deadlineAt = deadlineOf(chosen, timeZone)
    if (deadlineAt === undefined) return undefined
    const { memberId } = connection
    const named = understood.assignees.map(({ value }) => value.memberId)
    const mine = form.isMine === undefined || memberId === undefined ? [] : [memberId]
    const links = [
      ...understood.records.map(({ value }) => value),
      ...(form['record[]'] ?? []).map((name) => {
        const [targetObject = '', recordId = ''] = name.split('/')
        return { targetObject, recordId }
      }),
    ].map(({ targetObject, recordId }) => ({ targetObject, recordId }))
    return {
      content: understood.content,
      deadlineAt,
      assigneeIds: [...new Set(named.length > 0 ? named : mine)],
      linkedRecords: [...new Map(links.map((link) => [link.recordId, link])).values()],
    }
  }

  async function create(
    { accountId }: Session,
    { connectionId }: ListedConnection,
    task: NewTask,
    requestKey: string,
  ): Promise<Recorded> {
    return await changes.create(
      { accountId, connectionId: asConnectionId(connectionId) },
      task,
      requestKey,
    )
  }

  return routes
}

function connectionOf(
  connections: readonly ListedConnection[],
  connectionId: string,
): ListedConnection {
  const connection = connections.find((one) => one.connectionId === connectionId)
  if (connection === undefined) throw new Problem({ kind: 'not-found' })
  return connection
}

/** The chips that the script shows; `phrase` is the part of the line behind a chip. */
function chipsOf(
  line: string,
  { due, assignees, records, unclear, contacts }: UnderstoodLine,
  reader: { readonly now: number; readonly timeZone: string },
) {
  const phraseOf = ({ from, to }: { readonly from: number; readonly to: number }): string =>
    line.slice(from, to)
  const deadlineAt = due && deadlineOf(due, reader.timeZone)
  return {
    chips: [
      ...(due === undefined || deadlineAt === undefined || deadlineAt === null
        ? []
        : [
            {
              kind: 'date',
              phrase: phraseOf(due),
              label: deadlineInWords(deadlineAt, reader).text,
            },
          ]),
      ...assignees.map((found) => ({
        kind: 'person',
        phrase: phraseOf(found),
        label: found.value.name,
      })),
      ...records.map((found) => ({
        kind: 'record',
        phrase: phraseOf(found),
        label: found.value.name,
      })),
      ...unclear.map((found) => ({ kind: 'unclear', phrase: phraseOf(found), label: '' })),
    ],
    contacts: contacts.map(({ kind, value }) => ({ kind, value })),
  }
}
