// Shows the expected result of a change in a row, until the page of the answer is there.
import { avatarOf, type Member } from './assignee-popover.ts'
import { element } from './element.ts'
import type { LinkableRecord } from './record-popover.ts'

/** Shows the date in a row, or in another part of the page with a date. */
export function showDate(part: HTMLElement | null, text: string, selector = '.when'): void {
  const when = part?.querySelector(selector)
  if (when) when.textContent = text
}

/** `members` are those whose names are known; others have no picture until the answer. */
export function showAssignees(
  row: HTMLElement,
  memberIds: readonly string[],
  members: readonly Member[],
): void {
  const whose = row.querySelector<HTMLElement>('.whose')
  if (whose === null) return
  whose.dataset['members'] = memberIds.join(' ')
  whose.replaceChildren(...members.slice(0, 3).map(avatarOf))
}

export function showRecord(row: HTMLElement, { name, recordId }: LinkableRecord): void {
  const line = row.querySelector('.line')
  if (line === null || row.querySelector(`[data-new="${CSS.escape(recordId)}"]`)) return
  const chip = element('span', { class: 'record', 'data-new': recordId }, element('bdi', {}, name))
  const records =
    line.querySelector('.records') ?? line.appendChild(element('span', { class: 'records' }))
  records.append(chip)
}
