// A person's own tasks as a file for a spreadsheet (CSV, RFC 4180).
import { Hono } from 'hono'
import type { ListedTask } from '../../tasks/listed-task.ts'
import { paths } from '../addresses.ts'
import { signedIn } from '../pages.ts'
import type { RouteParts, WebEnv } from '../web-parts.ts'

const columns = [
  'workspace',
  'task',
  'deadline',
  'completed',
  'assignees',
  'linked records',
  'created',
]

export function exportRoutes({ tasks }: RouteParts) {
  return new Hono<WebEnv>().get(paths.tasksExport, async (context) => {
    const { accountId } = signedIn(context)
    const rows = (await tasks.listAll(accountId)).map(cellsOf)
    const lines = [columns, ...rows].map((cells) => cells.map(quote).join(','))
    context.header('content-disposition', 'attachment; filename="taskr-tasks.csv"')
    return context.body(`${lines.join('\r\n')}\r\n`, 200, {
      'content-type': 'text/csv; charset=utf-8',
    })
  })
}

function cellsOf(task: ListedTask): string[] {
  return [
    task.workspaceName,
    task.content,
    task.deadlineAt === null ? '' : iso(task.deadlineAt),
    task.isCompleted ? (task.completedAt === null ? 'yes' : iso(task.completedAt)) : '',
    task.assignees.map(({ name }) => name).join('; '),
    task.records.map(({ name, objectSlug }) => name ?? objectSlug).join('; '),
    iso(task.createdAt),
  ]
}

/** A cell that begins like a formula would be run by a spreadsheet: an apostrophe makes it text. */
function quote(cell: string): string {
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return `"${text.replaceAll('"', '""')}"`
}

function iso(instant: number): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toString()
}
