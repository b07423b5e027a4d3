// Keeps the HTML of rows in this process: a list that has just changed shows mostly rows that were shown before.
import { createPageCache } from '../../kept/page-cache.ts'
import { flattened, type Html } from '../../ui/html.ts'
import { shownRow, type RowSetting } from './shown-row.ts'
import { taskRow, type ShownSetting, type TaskRow } from './task-row.ts'

const keptBytes = 4 * 2 ** 20
const rows = createPageCache<Html>(keptBytes)

/**
 * Renders the tasks of a list. A row is kept under everything that it is rendered from, so a kept row is never an old one:
 * `taskRow` gets nothing but what the key holds.
 */
export function keptRows(
  tasks: readonly TaskRow[],
  setting: RowSetting,
  shared: ShownSetting,
): readonly Html[] {
  const list = JSON.stringify(shared)
  return tasks.map((task) => {
    const shown = shownRow(task, setting)
    const key = JSON.stringify(shown) + list
    const kept = rows.find(key, '')
    if (kept !== undefined) return kept
    const row = flattened(taskRow(shown, shared))
    rows.keep(key, { version: '', value: row, bytes: key.length + row.length })
    return row
  })
}
