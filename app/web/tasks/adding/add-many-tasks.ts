// POST /tasks/many: adds a task per pasted line, and tells the script which lines were refused.
import { z } from 'zod'
import type { Recorded } from '../../../tasks/changes.ts'
import { inTurns } from '../../../support/in-turns.ts'
import { taskLines } from '../../../tasks/tasks.ts'
import { answerJson } from '../../answer-json.ts'
import { signedIn } from '../../pages.ts'
import { Problem } from '../../problem.ts'
import { readForm, textField } from '../../read-form.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { changeFields, requestKeyOf } from '../changing/change-form.ts'
import { newTaskProblem } from '../changing/text-problems.ts'
import { connectionFor, readNewTask } from './new-task.ts'

/** The most pasted lines accepted as tasks. */
const mostLines = 50

const pastedFields = {
  ...changeFields,
  lines: z.string().max(60_000),
  today: textField,
  connectionId: textField,
  isMine: z.literal('yes').optional(),
}

export async function addManyTasks(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const form = await readForm(context, pastedFields)
  const { accountId } = session
  const connections = await parts.sync.listConnections(accountId)
  const connection = connectionFor(connections, form.connectionId)
  const { connectionId } = connection
  const lines = taskLines(form.lines)
  if (lines.length > mostLines) throw new Problem({ kind: 'too-large' })
  const changed: string[] = []
  const refused: { readonly line: string; readonly reason: string }[] = []
  for await (const [at, line] of inTurns(lines.entries())) {
    const task = await readNewTask(parts, session, connection, line, form)
    const fields = { ...form, lines: `${at} ${line}` }
    const key = requestKeyOf(context, fields)
    const recorded =
      task === undefined
        ? undefined
        : await parts.changes.create({ accountId, connectionId }, task, key)
    if (recorded?.kind === 'recorded') changed.push(recorded.change.changeId)
    else refused.push({ line, reason: reasonOf(recorded) })
  }
  return answerJson(context, { changed, refused })
}

function reasonOf(recorded: Recorded | undefined): string {
  if (recorded === undefined) return 'Its date can’t be a due date.'
  return newTaskProblem(recorded) ?? 'This task is there already.'
}
