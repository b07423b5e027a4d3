// The groups of the list, and how rows come into them and go at once, as the answer of the server will have it. A folded
// group stays as long as it is: its next row takes the place of the one that went.
import { daysAhead, longDay, type Due } from '../in-place/due.ts'
import { element } from '../in-place/element.ts'

/** True for a row that went, and waits to be taken away by the page of the answer. */
export function isGone(row: HTMLElement): boolean {
  return row.dataset['gone'] !== undefined
}

/** Takes a row out of the list. */
export function takeOut(row: HTMLElement): void {
  if (isGone(row)) return
  const { offsetHeight } = row
  row.hidden = true
  row.dataset['gone'] = ''
  closeUp(row.closest('.group'), offsetHeight)
}

/** Moves a row to where the list has tasks of its new date, or takes it out of a list that has none of them. */
export function putWhereDue(row: HTMLElement, due: Due): void {
  const group = groupFor(due.day)
  const before = row.closest<HTMLElement>('.group')
  if (group === undefined) return takeOut(row)
  const { offsetHeight } = row
  if (!isInOrder(row, group)) insertInOrder(row, group)
  if (group === before) return
  closeUp(before, offsetHeight)
  makeRoom(group, row)
}

/** Puts a row into its group, before another one or last. */
export function putBack(row: HTMLElement, group: HTMLElement, next: HTMLElement | null): void {
  const list = group.querySelector('ol')
  list?.insertBefore(row, next?.parentElement === list ? next : null)
  makeRoom(group, row)
}

/** Removes a row, as `takeOut` does, but for good. */
export function remove(row: HTMLElement): void {
  const [group, height] = [row.closest<HTMLElement>('.group'), row.offsetHeight]
  const wasShown = !row.hidden
  row.remove()
  if (wasShown) closeUp(group, height)
}

/** Returns the group that shows tasks of a day; undefined when the list has none. */
export function groupFor(day: string): HTMLElement | undefined {
  return groupNamed(...kindsOf(day)) ?? createDay(day)
}

export function groupNamed(...kinds: readonly string[]): HTMLElement | undefined {
  for (const kind of kinds) {
    const group = document.querySelector<HTMLElement>(`main .group[data-group="${kind}"]`)
    if (group !== null) return group
  }
  return undefined
}

/** The groups that may show tasks of a day, the narrowest first. */
function kindsOf(day: string): readonly string[] {
  if (day === '') return ['no-date']
  const days = daysAhead(day)
  if (days < 0) return ['overdue']
  return days === 0 ? ['today'] : days === 1 ? [day, 'tomorrow', 'upcoming'] : [day, 'upcoming']
}

/** Adds a day to the list of coming days. */
function createDay(day: string): HTMLElement | undefined {
  const days = [...document.querySelectorAll<HTMLElement>('main .group[data-group^="2"]')]
  const copy = days[0]?.cloneNode(true)
  if (!(copy instanceof HTMLElement) || !(daysAhead(day) > 0)) return undefined
  copy.dataset['group'] = day
  copy.setAttribute('aria-labelledby', `day-${day}`)
  const heading = copy.querySelector('h2')
  if (heading !== null) Object.assign(heading, { id: `day-${day}`, textContent: longDay(day) })
  copy.querySelector('ol')?.replaceChildren()
  const next = days.find(({ dataset }) => (dataset['group'] ?? '') > day)
  if (next === undefined) days.at(-1)?.after(copy)
  else next.before(copy)
  return copy
}

/** Fills the place of a row that went. */
function closeUp(group: HTMLElement | null, height: number): void {
  const list = group?.querySelector('ol')
  if (!group || !list) return
  const spare = list.querySelector<HTMLElement>('.task[hidden]:not([data-gone])')
  if (spare !== null) spare.hidden = false
  else if (group.querySelector('.more') !== null) {
    const slot = element('li', { class: 'slot', 'aria-hidden': 'true' })
    slot.style.setProperty('height', `${height}px`)
    list.append(slot)
  } else if (shownRows(group).length === 0) group.hidden = true
}

/** Keeps a folded group as long as it is. */
function makeRoom(group: HTMLElement, row: HTMLElement): void {
  document.querySelector('main .emptiness')?.remove()
  group.hidden = false
  const slot = group.querySelector('.slot')
  if (slot !== null) return slot.remove()
  const last = shownRows(group).at(-1)
  if (group.querySelector('.more') !== null && last !== undefined) {
    last.hidden = true
    if (last === row) row.dataset['gone'] = ''
  }
}

function shownRows(group: HTMLElement): readonly HTMLElement[] {
  return [...group.querySelectorAll<HTMLElement>('.task:not([hidden])')]
}

function insertInOrder(row: HTMLElement, group: HTMLElement): void {
  const list = group.querySelector('ol')
  const rows = shownRows(group).filter((one) => one !== row)
  list?.insertBefore(row, rows.find((one) => compare(row, one) < 0) ?? afterLast(rows) ?? null)
}

/** The spare rows of a folded group follow the shown ones. */
function afterLast(rows: readonly HTMLElement[]): Element | null | undefined {
  return rows.at(-1)?.nextElementSibling
}

function isInOrder(row: HTMLElement, group: HTMLElement): boolean {
  if (row.closest('.group') !== group) return false
  const rows = shownRows(group)
  const at = rows.indexOf(row)
  const [before, after] = [rows[at - 1], rows[at + 1]]
  return (
    (before === undefined || compare(before, row) <= 0) &&
    (after === undefined || compare(row, after) <= 0)
  )
}

/** Compares rows as lists are ordered: by due date, and by when the tasks were created. */
function compare(one: HTMLElement, other: HTMLElement): number {
  const [first, second] = [dueOf(one), dueOf(other)]
  if (first !== second) return first < second ? -1 : 1
  const [made, later] = [madeAt(one), madeAt(other)]
  // The order of tasks that were created in the same instant follows from their IDs.
  return made - later || (one.id < other.id ? -1 : 1)
}

/** A day without a time comes after the times of its day, as does no date after every date. */
function dueOf(row: HTMLElement): string {
  const when = row.querySelector<HTMLElement>('.when')
  const day = when?.dataset['day'] ?? when?.getAttribute('datetime')?.slice(0, 10) ?? ''
  return day === '' ? '~' : `${day} ${timeIn(when?.title) || '~'}`
}

/** Returns the time in a full date such as "Monday 23 November 2026, 15:00"; empty for a day without one. */
export function timeIn(title: string | undefined): string {
  return title?.match(/, (\d\d:\d\d)/)?.[1] ?? ''
}

/** A task that is being added is the newest. */
function madeAt(row: HTMLElement): number {
  return Number.parseInt(row.dataset['made'] ?? 'zzzzzzzzz', 36)
}
