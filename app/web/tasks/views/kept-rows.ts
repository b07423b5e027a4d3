// Keeps the HTML of rows in this process, in UTF-8, because a list that has just changed shows mostly the rows that it showed
// before.
import { paths, taskAddress } from '../../addresses.ts'
import { createPageCache } from '../../kept/page-cache.ts'
import type { Html } from '../../ui/html.ts'
import { calendarDay } from '../../ui/words.ts'
import { shownRow, type RowSetting } from './shown-row.ts'
import { taskRow, type ShownSetting, type TaskRow } from './task-row.ts'

const keptBytes = 4 * 2 ** 20
const lists = createPageCache<ReadonlyMap<string, KeptRow>>(keptBytes)

/** A row in two halves. Between them stands the page to return to, which is part of the link's address. */
interface KeptRow {
  readonly task: TaskRow
  readonly isPast: boolean
  /** In UTF-8. */
  readonly before: Buffer
  readonly after: Buffer
}

/**
 * Renders the tasks of a list. Each list of a person keeps the rows that it showed last: a row is kept as long as its task
 * is the same object, the list shows it with the same settings on the same day, and its deadline has not passed since.
 */
export function keptRows(
  tasks: readonly TaskRow[],
  setting: RowSetting,
  { returnTo, ...shared }: ShownSetting,
  list: string,
): readonly Uint8Array[] {
  const place = placeOf(setting, shared, [list, returnTo === undefined])
  const last = lists.find(place, '')
  const rows = tasks.map((task) => {
    const isPast = task.deadlineAt !== null && task.deadlineAt < setting.reader.now
    const before = last?.get(task.taskId)
    if (before?.task === task && before.isPast === isPast) return before
    // From home, the address has no page to return to.
    const home = { ...shared, returnTo: returnTo && paths.home }
    return { task, isPast, ...halvesOf(task, taskRow(shownRow(task, setting), home)) }
  })
  lists.keep(place, { version: '', value: mapOf(rows), bytes: bytesOf(rows) })
  const from = Buffer.from(returnQuery(tasks[0], returnTo))
  return rows.flatMap(({ after, before }) => [before, from, after])
}

function placeOf(
  { dates, hues, reader }: RowSetting,
  shared: Omit<ShownSetting, 'returnTo'>,
  others: readonly unknown[],
): string {
  const day = calendarDay(reader)
  return JSON.stringify([dates, hues && [...hues], reader.timeZone, day, shared, others])
}

/** Texts have no quotes, so the address is the one of the row's link. */
function halvesOf(task: TaskRow, row: Html): Pick<KeptRow, 'before' | 'after'> {
  const text = row.toString()
  const link = `href="${taskAddress(task)}`
  const at = text.indexOf(`${link}"`)
  const middle = at < 0 ? text.length : at + link.length
  return { before: Buffer.from(text.slice(0, middle)), after: Buffer.from(text.slice(middle)) }
}

/** Returns the query that follows the address of each task. */
function returnQuery(task: TaskRow | undefined, returnTo: string | undefined): string {
  if (task === undefined || returnTo === undefined) return ''
  return taskAddress(task, { from: returnTo }).slice(taskAddress(task).length)
}

function mapOf(rows: readonly KeptRow[]): ReadonlyMap<string, KeptRow> {
  return new Map(rows.map((row) => [row.task.taskId, row]))
}

function bytesOf(rows: readonly KeptRow[]): number {
  return rows.reduce((sum, { after, before }) => sum + before.length + after.length, 0)
}
