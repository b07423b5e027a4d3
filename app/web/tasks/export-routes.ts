// Exports a person's tasks as CSV (RFC 4180). It begins with a byte order mark, by which Excel knows that it is UTF-8.
import type { Session } from '../../accounts/accounts.ts'
import type { ListedTask } from '../../tasks/tasks.ts'
import { paths } from '../addresses.ts'
import { signedIn } from '../pages.ts'
import { readForm } from '../read-form.ts'
import type { Route } from '../routes.ts'
import { exportedDeadline } from './exported-deadline.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'

const columns = [
  'workspace',
  'task',
  'deadline',
  'completed',
  'assignees',
  'linked records',
  'created',
]

export const exportRoutes: readonly Route[] = [['POST', paths.tasksExport, exportTasks]]

async function exportTasks(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  await readForm(context, {})
  return await parts.downloads(context, session, {
    fileName: 'taskr-tasks.csv',
    contentType: 'text/csv; charset=utf-8',
    pieces: () => linesOf(parts, session),
  })
}

async function* linesOf({ tasks }: RouteParts, session: Session): AsyncGenerator<string, void> {
  yield `\u{feff}${lineOf(columns)}`
  for await (const piece of tasks.listAll(session)) {
    yield piece.map((task) => lineOf(cellsOf(task, session.timeZone))).join('')
  }
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map(quote).join(',')}\r\n`
}

function cellsOf(task: ListedTask, timeZone: string): string[] {
  return [
    task.workspaceName,
    task.content,
    exportedDeadline(task.deadlineAt, timeZone) ?? '',
    task.isCompleted ? (task.completedAt === null ? 'yes' : iso(task.completedAt)) : '',
    task.assignees.map(({ name }) => name).join('; '),
    task.records.map(({ name, objectSlug }) => name ?? objectSlug).join('; '),
    iso(task.createdAt),
  ]
}

/**
 * A cell that a spreadsheet may run as a formula: it begins with one of the signs, in any width, perhaps behind blanks,
 * line ends or characters that cannot be seen; or with a tab or a line end, which some spreadsheets skip.
 */
const formula = /^(?:[\t\r\n\v\f\u{85}\u2028\u2029]|[\s\p{C}]*[=+\-@＝＋－＠﹦﹢﹣﹫−])/u

/** Prefixes a cell that looks like a formula with an apostrophe, so that a spreadsheet shows it as text. */
function quote(cell: string): string {
  const text = formula.test(cell) ? `'${cell}` : cell
  return `"${text.replaceAll('"', '""')}"`
}

function iso(instant: number): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toString()
}
