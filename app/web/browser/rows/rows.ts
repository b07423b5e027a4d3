// The person's position in the list: the row that has the focus, or had it last. When the row is removed, the next one
// takes its place, so that the keyboard continues there.
import { pageShowing, pageShown } from '../page-shown.ts'

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
  document.addEventListener(pageShown, () => returnTo(before))
}

/**
 * Makes a change of the page. When the focused row leaves its group, the next one takes the focus; when the focused part of
 * a panel goes, the panel does.
 */
export function keepingPlace(change: () => void): void {
  const before = currentRow() === undefined ? undefined : place
  const panel = document.activeElement?.closest<HTMLElement>('.peek')
  change()
  if (isNowhere(document.activeElement)) panel?.focus({ preventScroll: true })
  returnTo(before)
}

function returnTo(before: Place | undefined): void {
  if (before === undefined) return
  const current = currentRow()
  const isThere =
    current?.checkVisibility() === true &&
    (current.id !== before.id || groupOf(current) === before.group)
  if (isThere || (current === undefined && !isNowhere(document.activeElement))) return
  place = before
  const row = rowAtPlace()
  if (row !== undefined) focusRow(row, before.isOnCheckbox)
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
  return row.closest<HTMLElement>('.group')?.dataset['group'] ?? ''
}

function rows(): HTMLElement[] {
  // Rows of a folded group are passed over.
  return [...document.querySelectorAll<HTMLElement>('main .task[id]')].filter((row) =>
    row.checkVisibility(),
  )
}

export function rowAround(target: EventTarget | null): HTMLElement | undefined {
  if (!(target instanceof Element)) return undefined
  return target.closest<HTMLElement>('main .task[id]') ?? undefined
}

function isNowhere(element: Element | null): boolean {
  return element === null || element === document.body || element.matches('main')
}
