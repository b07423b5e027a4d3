// One row of a task list.
import { taskAddress, taskListAddress, type ListAddress } from '../../addresses.ts'
import { markedRanges } from '../../../tasks/tasks.ts'
import { avatar } from '../../ui/avatar.ts'
import { dot } from '../../ui/hue.ts'
import { html, type Html } from '../../ui/html.ts'
import { marked } from '../finding/marked.ts'
import { iconOf, iconSheet, type IconName } from '../../ui/icons.ts'
import { safeLink } from '../../ui/safe-link.ts'
import { isoInstant, isUntitled, taskTitle } from '../../ui/words.ts'
import { checkbox } from './checkbox.ts'

export type TaskRow = {
  readonly connectionId: string
  readonly workspaceName: string
  readonly taskId: string
  readonly content: string
  readonly deadlineAt: number | null
  readonly isCompleted: boolean
  readonly completedAt?: number | null
  readonly assignees: readonly Assignee[]
  readonly linkedRecords: readonly LinkedRecord[]
  /** true while a change to the task is being sent to Attio */
  readonly isPending?: boolean | undefined
  /** milliseconds since 1970; absent in the picture on the landing page */
  readonly createdAt?: number
  /** true when its workspace is writable */
  readonly isWritable?: boolean | undefined
}

export type Assignee = { readonly memberId: string; readonly name: string }

export type LinkedRecord = {
  readonly kind: LinkedRecordKind
  /** absent until read from Attio */
  readonly name?: string | undefined
  readonly webUrl?: string | null | undefined
  readonly recordId?: string
}

export type LinkedRecordKind = 'person' | 'company' | 'deal' | 'record'

/** All that a row says, and nothing else (shown-row.ts). */
export type ShownRow = {
  readonly connectionId: string
  readonly taskId: string
  readonly content: string
  readonly isCompleted: boolean
  readonly isPending: boolean
  readonly isWritable: boolean
  /** present when each row names its workspace */
  readonly workspace: { readonly name: string; readonly hue: number } | undefined
  readonly assignees: readonly Assignee[]
  readonly records: readonly LinkedRecord[]
  readonly when: ShownDate | undefined
  /** orders tasks with the same due date; only where the script may move the row */
  readonly madeAt?: number | undefined
}

/** The due date of an open task, the completion of another. */
export type ShownDate = {
  readonly instant: number
  readonly text: string
  readonly full: string
  /** the day of a due date */
  readonly day?: string
  readonly isMarked: boolean
}

/** What all rows of a list share. */
export type ShownSetting = {
  /** true in a list of the person's own tasks */
  readonly isMine: boolean
  /** the page to return to; absent in the picture on the landing page, which has no buttons */
  readonly returnTo: string | undefined
  /** the list's query, which a click on an assignee or a record narrows */
  readonly query: ListAddress | undefined
}

export function taskRow(row: ShownRow, setting: ShownSetting): Html {
  const { workspace } = row
  return html`<li
    class="task"
    id="task-${row.taskId}"
    ${row.isCompleted ? html`data-state="completed"` : ''}
    ${row.madeAt === undefined ? '' : html`data-made="${row.madeAt.toString(36)}"`}
  >
    ${checkbox(row, setting.returnTo !== undefined)}
    <div class="line">
      <p class="what" dir="auto">${what(row, setting)}</p>
      ${linkedRecords(row.records, setting.query)} ${row.isPending ? savingMark() : ''}
    </div>
    ${workspace === undefined ? '' : dot(workspace.hue, workspace.name)} ${whose(row, setting)}
    ${when(row, setting)}
  </li>`
}

function what(row: ShownRow, { returnTo, query }: ShownSetting): Html {
  const words = marked(taskTitle(row.content), query?.text)
  if (returnTo === undefined) return html`${words}`
  const untitled = isUntitled(row.content) ? html` data-untitled` : ''
  return html`<a href="${taskAddress(row, { from: returnTo })}" ${untitled}>${words}</a>`
}

function savingMark(): Html {
  return html`<span class="wait">Saving…</span>`
}

export const recordIcons = {
  person: 'person',
  company: 'building',
  deal: 'coin',
  record: 'cube',
} satisfies Record<LinkedRecordKind, IconName>

/** Draws the icons of linked records once per page. */
export function recordIconSheet(): Html {
  return iconSheet(Object.values(recordIcons))
}

function linkedRecords(records: readonly LinkedRecord[], query: ListAddress | undefined): Html {
  if (records.length === 0) return html``
  const shown = records.length > 3 ? records.slice(0, 2) : records
  const rest = records.slice(shown.length)
  return html`<span class="records"
    >${shown.map((record) => recordChip(record, query))}${
      rest.length === 0
        ? ''
        : html`<span class="record" title="${rest.map(recordName).join(', ')}"
            >+${rest.length}<span class="visually-hidden"> more linked records</span></span
          >`
    }</span
  >`
}

export function recordName(record: LinkedRecord): string {
  return record.name ?? `A ${record.kind}`
}

/** Narrows the list to the record; with Alt, the script opens it in Attio instead. */
function recordChip(record: LinkedRecord, query: ListAddress | undefined): Html {
  const { recordId } = record
  if (query === undefined || recordId === undefined) return linkedRecord(record)
  const attio = safeLink(record.webUrl)
  return html`<a
    class="record"
    href="${taskListAddress({ ...query, record: recordId, page: 1 })}"
    ${attio === undefined ? '' : html`data-attio="${attio}"`}
    data-in-place
    title="Show its tasks${attio === undefined ? '' : '. Alt-click opens Attio.'}"
    >${iconOf(recordIcons[record.kind])}<bdi>${marked(recordName(record), query.text)}</bdi></a
  >`
}

export function linkedRecord(record: LinkedRecord): Html {
  const address = safeLink(record.webUrl)
  const inside = html`${iconOf(recordIcons[record.kind])}<bdi>${recordName(record)}</bdi>`
  if (address === undefined) return html`<span class="record">${inside}</span>`
  return html`<a class="record" href="${address}" target="_blank" rel="noopener noreferrer"
    >${inside}<span class="visually-hidden"> (${record.kind}, opens Attio in a new tab)</span></a
  >`
}

function when({ isCompleted, isWritable, when: date }: ShownRow, { returnTo }: ShownSetting): Html {
  if (isCompleted) {
    return html`<span class="when"
      >${
        date === undefined
          ? ''
          : html`<time datetime="${isoInstant(date.instant)}" title="${date.full}"
              >${date.text}</time
            >`
      }</span
    >`
  }
  const isEditable = returnTo !== undefined && isWritable
  const edit = isEditable ? html`data-edit="date"` : ''
  if (date === undefined) return html`<span class="when" ${edit}></span>`
  return html`<time
    class="when"
    datetime="${isoInstant(date.instant)}"
    title="${date.full}"
    ${edit}
    ${isEditable ? html`data-day="${date.day}"` : ''}
    ${date.isMarked ? html`data-late` : ''}
    >${date.text}</time
  >`
}

/** Hides the person's own initials in a list of their tasks, unless a task is shared. */
function whose(row: ShownRow, { isMine, returnTo, query }: ShownSetting): Html {
  const { assignees } = row
  const isEditable = returnTo !== undefined && row.isWritable
  const members = isEditable
    ? html`data-edit="assignees"
      data-members="${assignees.map(({ memberId }) => memberId).join(' ')}"`
    : ''
  const shown = isMine && assignees.length === 1 ? [] : assignees
  return html`<span class="whose" ${members}
    >${shown.length === 0 ? '' : avatars(shown, query)}</span
  >`
}

function avatars(assignees: readonly Assignee[], query: ListAddress | undefined): Html {
  const shown = assignees.length > 2 ? assignees.slice(0, 1) : assignees
  const rest = assignees.slice(shown.length)
  return html`${shown.map((member) => avatarLink(member, query))}
  ${
    rest.length === 0
      ? ''
      : html`<span class="who" role="img" title="${rest.map(({ name }) => name).join(', ')}"
          >+${rest.length}</span
        >`
  }`
}

/** Narrows the list to the member. */
function avatarLink({ memberId, name }: Assignee, query: ListAddress | undefined): Html {
  const picture = avatar({ name })
  if (query === undefined) return picture
  const isMatch = query.text !== undefined && markedRanges(name, query.text).length > 0
  return html`<a
    class="by"
    href="${taskListAddress({ ...query, member: memberId, page: 1 })}"
    data-in-place
    tabindex="-1"
    ${isMatch ? html`data-match` : ''}
    ><span class="visually-hidden">Show tasks of </span>${picture}</a
  >`
}
