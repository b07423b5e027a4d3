// The person's position in the list: the row that has the focus, or had it last. When the row is removed, the next one
// takes its place, so that the keyboard continues there.
import { pageShowing, pageShown } from '../show-page.ts'

type Place = {
  readonly id: string
  readonly index: number
  /** the row's group, such as Overdue or Today */
  readonly group: string
  readonly isOnCheckbox: boolean
}

let place: Place | undefined

export function keepPlaceInList(): void {
  document.addEventListener('focusin', (event) => {
    const row = rowAround(event.target)
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
    const isGone = (current?.dataset['leaving'] ?? '') !== ''
    if (!hasMoved && !isGone && !isNowhere(document.activeElement)) return
    place = before
    const row = rowAtPlace()
    if (row !== undefined) focusRow(row, before.isOnCheckbox)
  })
}

/** Returns the focused row. */
export function currentRow(): HTMLElement | undefined {
  return rowAround(document.activeElement)
}

/** Moves to the next or previous row. Without a focused row, moves to the last position, or to the first row. */
export function moveInList(step: 1 | -1): void {
  const all = rows()
  const current = currentRow()
  const target = current === undefined ? (rowAtPlace() ?? all[0]) : all[all.indexOf(current) + step]
  if (target !== undefined) focusRow(target, false)
}

/** Moves back to the last position, or to the first row. */
export function focusPlace(): void {
  const row = rowAtPlace() ?? rows()[0]
  if (row !== undefined) focusRow(row, false)
}

/** Returns the ID of the row that has the focus, or had it last. */
export function idOfPlace(): string | undefined {
  return place?.id
}

export function focusRowOf(id: string): void {
  const row = rows().find((one) => one.id === id)
  if (row !== undefined) focusRow(row, false)
}

export function focusFirst(): void {
  const [row] = rows()
  if (row !== undefined) focusRow(row, false)
}

/** Moves to the first or last row. Returns false when the list is empty or does not have the focus. */
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

export function focusRow(row: HTMLElement, onCheckbox: boolean): void {
  const checkbox = onCheckbox ? row.querySelector<HTMLElement>('button.checkbox') : null
  const target = checkbox ?? row.querySelector<HTMLElement>('.what a')
  target?.focus()
}

function groupOf(row: HTMLElement): string {
  return row.closest('.group')?.getAttribute('aria-labelledby') ?? ''
}

function rows(): HTMLElement[] {
  const all = document.querySelectorAll<HTMLElement>(
    'main .task[id]:not([data-leaving="soon"], [data-leaving="now"])',
  )
  // Rows of a folded group are passed over.
  return [...all].filter((row) => row.checkVisibility())
}

export function rowAround(target: EventTarget | null): HTMLElement | undefined {
  if (!(target instanceof Element)) return undefined
  return target.closest<HTMLElement>('main .task[id]') ?? undefined
}

function isNowhere(element: Element | null): boolean {
  return element === null || element === document.body || element.matches('main')
}
