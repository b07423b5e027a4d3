// Where somebody is in the list: the row that has the focus, or had it last. A row that went leaves its place to the
// next one, so that the keyboard goes on where it was.
import { pageShowing, pageShown } from './show-page.ts'

type Place = {
  readonly id: string
  readonly index: number
  /** the group that the row stood in: Overdue, Today */
  readonly group: string
  readonly isOnCheckbox: boolean
}

let place: Place | undefined

export function keepPlaceInList(): void {
  document.addEventListener('focusin', (event) => {
    const row = rowOf(event.target)
    if (row === undefined) return
    const isOnCheckbox = event.target instanceof Element && event.target.matches('.checkbox')
    place = { id: row.id, index: rows().indexOf(row), group: groupOf(row), isOnCheckbox }
  })
  let before: Place | undefined
  document.addEventListener(pageShowing, () => {
    before = place
  })
  document.addEventListener(pageShown, () => {
    if (before === undefined) return
    const current = currentRow()
    const hasMoved =
      current !== undefined && current.id === before.id && groupOf(current) !== before.group
    if (!hasMoved && !isNowhere(document.activeElement)) return
    place = before
    const row = rowAtPlace()
    if (row !== undefined) focusRow(row, before.isOnCheckbox)
  })
}

/** The row that has the focus. */
export function currentRow(): HTMLElement | undefined {
  return rowOf(document.activeElement)
}

/** To the next row, or the one before; from nowhere to where somebody was last, or to the first. */
export function moveInList(step: 1 | -1): void {
  const all = rows()
  const current = currentRow()
  const target = current === undefined ? (rowAtPlace() ?? all[0]) : all[all.indexOf(current) + step]
  if (target !== undefined) focusRow(target, false)
}

/** Back to the row where the person was, or the first. */
export function focusPlace(): void {
  const row = rowAtPlace() ?? rows()[0]
  if (row !== undefined) focusRow(row, false)
}

/** To the first or the last row. False when the list is empty, or the person is not in it. */
export function focusEnd(end: 'first' | 'last'): boolean {
  const row = rows().at(end === 'first' ? 0 : -1)
  if (row === undefined || currentRow() === undefined) return false
  focusRow(row, false)
  return true
}

function rowAtPlace(): HTMLElement | undefined {
  if (place === undefined) return undefined
  const all = rows()
  const { id, index, group } = place
  const same = all.find((row) => row.id === id && groupOf(row) === group)
  return same ?? all[Math.min(index, all.length - 1)]
}

function focusRow(row: HTMLElement, onCheckbox: boolean): void {
  const checkbox = onCheckbox ? row.querySelector<HTMLElement>('button.checkbox') : null
  const target = checkbox ?? row.querySelector<HTMLElement>('.what a')
  target?.focus()
}

function groupOf(row: HTMLElement): string {
  return row.closest('.group')?.getAttribute('aria-labelledby') ?? ''
}

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main .task[id]')]
}

function rowOf(target: EventTarget | null): HTMLElement | undefined {
  if (!(target instanceof Element)) return undefined
  return target.closest<HTMLElement>('main .task[id]') ?? undefined
}

function isNowhere(element: Element | null): boolean {
  return element === null || element === document.body || element.matches('main')
}
