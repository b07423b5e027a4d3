// Shows what a form of the list or of the panel will have done, before Taskr answers.
import { showDate } from '../in-place/show-in-row.ts'
import { peekedRow } from '../peek/peek.ts'
import { rowAround } from './rows.ts'

export type Expected = {
  /** the rows that change */
  readonly rows: readonly HTMLElement[]
  /** Shows the result. It runs again if the page is morphed before the response. */
  readonly show: () => void
}

export function expectedOf(submitter: HTMLElement | null): Expected {
  const overdue = submitter?.closest('.deeds')?.closest('.group')
  if (overdue) return dated(overdue.querySelectorAll('.task:has(button.checkbox)'), 'today')
  const row = peekedRow()
  if (row !== undefined && submitter?.matches('.peek [name="day"]') === true) {
    const text = submitter.firstChild?.textContent?.trim().toLowerCase() ?? ''
    showDate(submitter.closest('details'), text, 'summary time')
    return dated([row], text)
  }
  // The checkbox itself shows that it was pressed.
  const pressed = submitter?.matches('.checkbox') === true ? rowAround(submitter) : undefined
  return { rows: pressed === undefined ? [] : [pressed], show: () => {} }
}

function dated(rows: Iterable<HTMLElement>, text: string): Expected {
  const all = [...rows]
  const show = (): void => all.forEach(({ id }) => showDate(document.getElementById(id), text))
  return { rows: all, show }
}
