// Shows what a form of the list or of the panel will have done, before Taskr answers.
import { showDate } from '../in-place/show-in-row.ts'
import { peekedRow } from '../peek/peek.ts'
import { showCompleted } from './leaving-rows.ts'
import { rowAround } from './rows.ts'

export type Expected = {
  /** the rows that change */
  readonly rows: readonly HTMLElement[]
  /** Shows the result. It runs again if the page is morphed before the response. */
  readonly show: () => void
}

const unknown: Expected = { rows: [], show: () => {} }

export function expectedOf(form: HTMLFormElement, submitter: HTMLElement | null): Expected {
  // The checkbox itself shows that it was pressed.
  if (submitter?.matches('.checkbox') === true) return { ...unknown, rows: rowsOf(submitter) }
  if (submitter?.matches('.deeds button') === true) return movedToToday(submitter)
  const row = form.closest('.peek') === null ? undefined : peekedRow()
  return row === undefined ? unknown : { rows: [row], show: () => showOfCard(form, submitter, row) }
}

function rowsOf(checkbox: HTMLElement): readonly HTMLElement[] {
  return [rowAround(checkbox) ?? []].flat()
}

/** The button moves every overdue task, also those of folded rows. */
function movedToToday(button: HTMLElement): Expected {
  const group = button.closest('.group')
  const all = [...(group?.querySelectorAll<HTMLElement>('.task[id]') ?? [])]
  const rows = all.filter((row) => row.querySelector('button.checkbox') !== null)
  return {
    rows,
    show: () => {
      for (const { id } of rows) {
        const row = document.getElementById(id)
        if (row !== null) showSaving(row, 'today')
      }
    },
  }
}

function showOfCard(
  form: HTMLFormElement,
  submitter: HTMLElement | null,
  { id }: HTMLElement,
): void {
  const row = document.getElementById(id)
  const [change] = new URL(form.action).pathname.split('/').slice(-1)
  if (row === null) return
  if (change === 'deadline') showDueDate(form, submitter, row)
  else if (change === 'completion' && isCompleting(form)) showCompleted(row)
  else if (change === 'deletion') showSaving(row)
}

function isCompleting(form: HTMLFormElement): boolean {
  return new FormData(form).get('isCompleted') === 'yes'
}

function showDueDate(form: HTMLFormElement, submitter: HTMLElement | null, row: HTMLElement): void {
  const text = dateIn(form, submitter)
  if (text === undefined) return
  showSaving(row, text)
  const part = form.closest('details')
  const pill = part?.querySelector('summary')
  part?.removeAttribute('open')
  const words = pill?.querySelector('time') ?? pill?.lastChild
  if (words !== null && words !== undefined) words.textContent = text === '' ? 'No date' : text
}

/** Returns the words of the pressed button, or the date in the field; undefined for what only Taskr can put in words. */
function dateIn(form: HTMLFormElement, submitter: HTMLElement | null): string | undefined {
  const name = submitter?.getAttribute('name')
  if (name === 'day') return submitter?.firstChild?.textContent?.trim().toLowerCase()
  if (name === 'quick') return ''
  const date = new FormData(form).get('date')
  return typeof date === 'string' && name === null ? date : undefined
}

function showSaving(row: HTMLElement, date?: string): void {
  row.dataset['saving'] = ''
  if (date !== undefined) showDate(row, date)
}
