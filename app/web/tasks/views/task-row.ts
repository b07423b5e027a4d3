// One row of a task list.
import { taskAddress, taskListAddress, type ListAddress } from '../../addresses.ts'
import { markedRanges } from '../../../tasks/tasks.ts'
import { avatar } from '../../ui/avatar.ts'
import { workspaceDot, type WorkspaceHues } from '../../ui/hue.ts'
import { html, type Html } from '../../ui/html.ts'
import { marked } from '../finding/marked.ts'
import { iconOf, iconSheet, type IconName } from '../../ui/icons.ts'
import { ageInWords, isAgeMarked } from './age.ts'
import { moment } from '../../ui/moment.ts'
import { safeLink } from '../../ui/safe-link.ts'
import {
  deadlineInWords,
  isoInstant,
  isUntitled,
  taskTitle,
  type DeadlineWords,
  type PageReader,
} from '../../ui/words.ts'
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

export type RowSetting = {
  readonly reader: PageReader
  /** present when each row names its workspace */
  readonly hues?: WorkspaceHues | undefined
  readonly dates: DateStyle
  /** true in a list of the person's own tasks */
  readonly isMine?: boolean
  /** the page to return to; absent in the picture on the landing page, which has no buttons */
  readonly returnTo?: string
  /** the list's query, which a click on an assignee or a record narrows */
  readonly query?: ListAddress
}

/** `time` where the heading above has the day, `age` where every task is overdue. */
export type DateStyle = 'date' | 'time' | 'age'

export function taskRow(task: TaskRow, setting: RowSetting): Html {
  return html`<li
    class="task"
    id="task-${task.taskId}"
    ${task.isCompleted ? html`data-state="completed"` : ''}
  >
    ${checkbox(task, setting.returnTo !== undefined)}
    <div class="line">
      <p class="what" dir="auto">${what(task, setting)}</p>
      ${linkedRecords(task.linkedRecords, setting.query)}
      ${task.isPending === true ? savingMark() : ''}
    </div>
    ${setting.hues === undefined ? '' : workspaceDot(task, setting.hues)} ${whose(task, setting)}
    ${when(task, setting)}
  </li>`
}

function what(task: TaskRow, { returnTo, query }: RowSetting): Html {
  const words = marked(taskTitle(task.content), query?.text)
  if (returnTo === undefined) return html`${words}`
  const untitled = isUntitled(task.content) ? html` data-untitled` : ''
  return html`<a href="${taskAddress(task, { from: returnTo })}" ${untitled}>${words}</a>`
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

function when(task: TaskRow, { reader, dates, returnTo }: RowSetting): Html {
  if (task.isCompleted) {
    const { completedAt } = task
    if (completedAt === null || completedAt === undefined) return html`<span class="when"></span>`
    return html`<span class="when">${moment(completedAt, reader)}</span>`
  }
  const isEditable = returnTo !== undefined && task.isWritable === true
  const edit = isEditable ? html`data-edit="date"` : ''
  if (task.deadlineAt === null) return html`<span class="when" ${edit}></span>`
  const words = deadlineInWords(task.deadlineAt, reader)
  const { text, isMarked } = shortDate(words, dates)
  return html`<time
    class="when"
    datetime="${isoInstant(task.deadlineAt)}"
    title="${words.full}"
    ${edit}
    ${isEditable ? html`data-day="${words.date}"` : ''}
    ${isMarked ? html`data-late` : ''}
    >${text}</time
  >`
}

function shortDate(
  { text, time, days, isLate }: DeadlineWords,
  dates: DateStyle,
): { readonly text: string; readonly isMarked: boolean } {
  if (days < 0) return { text: ageInWords(-days), isMarked: isAgeMarked(-days) }
  return { text: dates === 'time' ? (time ?? '') : text, isMarked: isLate }
}

/** Hides the person's own initials in a list of their tasks, unless a task is shared. */
function whose(task: TaskRow, { isMine, returnTo, query }: RowSetting): Html {
  const { assignees } = task
  const isEditable = returnTo !== undefined && task.isWritable === true
  const members = isEditable
    ? html`data-edit="assignees"
      data-members="${assignees.map(({ memberId }) => memberId).join(' ')}"`
    : ''
  const shown = isMine === true && assignees.length === 1 ? [] : assignees
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
