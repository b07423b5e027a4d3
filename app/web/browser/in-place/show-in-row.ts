// Shows the expected result of a change wherever the page shows the task, in its row and in its card, until the answer is
// there.
import { groupFor, putWhereDue, takeOut, timeIn } from '../rows/groups.ts'
import { pageAddress } from '../page-address.ts'
import { avatarOf, type Member } from './assignee-popover.ts'
import { dueInWords, type Due } from './due.ts'
import { element } from './element.ts'
import type { LinkableRecord } from './record-popover.ts'

/** Shows a change in one element, a row or a card; what is there already is not shown twice. */
export type ShowChange = (shown: HTMLElement) => void

export function showDue(shown: HTMLElement, due: Due): void {
  const when = shown.querySelector<HTMLElement>('.when, [data-part="date"]')
  if (when === null) return
  const title = when.querySelector('time')?.title ?? when.title
  const { day, time = timeIn(title) } = due
  const words = dueInWords({ day, time })
  if (!isRow(shown)) {
    when.replaceChildren(
      words === '' ? 'No date' : element('time', { title: titleOf(words, time) }, words),
    )
    return
  }
  if (isCompleted(shown)) return
  // Below the heading of its day, a task says its time only.
  const kind = groupFor(day)?.dataset['group'] ?? 'upcoming'
  when.textContent = ['overdue', 'upcoming', 'no-date'].includes(kind) ? words : time
  when.title = titleOf(words, time)
  when.dataset['day'] = day
  delete when.dataset['late']
  putWhereDue(shown, { day, time })
}

/** The time stands in the title, where a second change finds it. */
function titleOf(words: string, time: string): string {
  return time === '' ? words : `${words}, ${time}`
}

/** `members` are those whose names are known; others have no picture until the answer. */
export function showAssignees(
  shown: HTMLElement,
  memberIds: readonly string[],
  members: readonly Member[],
): void {
  const whose = shown.querySelector<HTMLElement>('.whose, [data-part="assignees"]')
  if (whose === null) return
  if (!isRow(shown)) {
    const names = element('bdi', {}, members.map(({ name }) => name).join(', ') || 'Unassigned')
    return whose.replaceChildren(...members.slice(0, 3).map(avatarOf), names)
  }
  whose.dataset['members'] = memberIds.join(' ')
  const rest = members.length - 1
  const more = element('span', { class: 'who' }, `+${rest}`)
  whose.replaceChildren(
    ...(rest > 1 ? [...members.slice(0, 1).map(avatarOf), more] : members.map(avatarOf)),
  )
  const filters = pageAddress().searchParams
  const member = filters.get('member')
  // A list of one's own tasks leaves one's own picture out.
  const isOwn = rest === 0 && members[0]?.isMe === true && !filters.has('whose')
  if (isOwn) whose.replaceChildren()
  const isKept =
    member === null ? isAmong(filters.get('whose'), members) : memberIds.includes(member)
  if (!isKept) takeOut(shown)
}

function isAmong(whose: string | null, members: readonly Member[]): boolean {
  if (whose === 'everyone') return true
  return whose === 'unassigned' ? members.length === 0 : members.some(({ isMe }) => isMe)
}

export function showRecord(shown: HTMLElement, { name, recordId }: LinkableRecord): void {
  if (chipsOf(shown, recordId).length > 0) return
  const chip = element(
    'span',
    { class: 'record', 'data-record': recordId },
    element('bdi', {}, name),
  )
  if (isRow(shown)) {
    const line = shown.querySelector('.line')
    const records =
      line?.querySelector('.records') ?? line?.appendChild(element('span', { class: 'records' }))
    records?.append(chip)
    return
  }
  const part = shown.querySelector('[data-part="records"]')
  const list = part?.querySelector('ul') ?? element('ul', { class: 'records-list' })
  list.append(element('li', {}, chip))
  part?.replaceChildren(list)
}

export function hideRecord(shown: HTMLElement, recordId: string): void {
  for (const chip of chipsOf(shown, recordId)) (isRow(shown) ? chip : chip.closest('li'))?.remove()
  const list = shown.querySelector('[data-part] .records-list:not(:has(li))')
  list?.replaceWith(element('p', { class: 'hint' }, 'No linked records.'))
}

/** Returns the chips of a record in a row, and in the list of a card. */
function chipsOf(shown: HTMLElement, recordId: string): readonly Element[] {
  const id = CSS.escape(recordId)
  return [
    ...shown.querySelectorAll(
      `.record:is([data-record="${id}"], [href*="record=${id}"]), [data-part] li:has(input[value="${id}"]) .record`,
    ),
  ]
}

export function showText(shown: HTMLElement, content: string): void {
  const text = shown.querySelector('.what a, [data-part="title"]')
  if (text !== null) text.textContent = content
}

export function showCompletion(shown: HTMLElement, willBeCompleted: boolean): void {
  if (!isRow(shown)) {
    shown.dataset['state'] = willBeCompleted ? 'completed' : 'open'
    const field = shown.querySelector<HTMLInputElement>('.completion [name="isCompleted"]')
    const button = shown.querySelector<HTMLElement>('.completion button')
    if (field === null || button === null) return
    field.value = willBeCompleted ? 'no' : 'yes'
    button.className = willBeCompleted ? 'reopen' : 'primary'
    button.replaceChildren(...button.children, willBeCompleted ? 'Reopen' : 'Complete')
    return
  }
  if (isCompleted(shown) === willBeCompleted) return
  shown.querySelector('.checkbox')?.setAttribute('aria-disabled', 'true')
  // A list of every task shows it among the completed ones.
  if (pageAddress().searchParams.get('view') !== 'all') takeOut(shown)
}

export function showDeleted(shown: HTMLElement): void {
  if (isRow(shown)) takeOut(shown)
}

function isRow(shown: HTMLElement): boolean {
  return shown.matches('.task')
}

function isCompleted(row: HTMLElement): boolean {
  return row.dataset['state'] === 'completed'
}
