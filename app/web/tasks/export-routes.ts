// Exports a person's tasks as CSV (RFC 4180).
import { Hono } from 'hono'
import type { ListedTask } from '../../tasks/tasks.ts'
import { paths } from '../addresses.ts'
import { signedIn } from '../pages.ts'
import { readForm } from '../read-form.ts'
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

export function exportRoutes({ downloads, tasks }: RouteParts) {
  return new Hono<WebEnv>().post(paths.tasksExport, async (context) => {
    const session = signedIn(context)
    await readForm(context, {})
    return await downloads(context, session, {
      fileName: 'taskr-tasks.csv',
      contentType: 'text/csv; charset=utf-8',
      pieces: async function* () {
        yield lineOf(columns)
        for await (const piece of tasks.listAll(session.accountId)) {
          yield piece.map((task) => lineOf(cellsOf(task))).join('')
        }
      },
    })
  })
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map(quote).join(',')}\r\n`
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

/** Prefixes a cell that begins like a formula with an apostrophe, so that a spreadsheet does not run it. */
function quote(cell: string): string {
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return `"${text.replaceAll('"', '""')}"`
}

function iso(instant: number): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toString()
}
