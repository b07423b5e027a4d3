// One row of a task list.
import { taskAddress, taskListAddress, type ListAddress } from '../../addresses.ts'
import { markedRanges } from '../../../tasks/tasks.ts'
import { avatar } from '../../ui/avatar.ts'
import { workspaceDot, type WorkspaceHues } from '../../ui/hue.ts'
import { html, type Html } from '../../ui/html.ts'
import { marked } from '../finding/marked.ts'
import { iconOf, iconSheet, type IconName } from '../../ui/icons.ts'
import { moment } from '../../ui/moment.ts'
import { safeLink } from '../../ui/safe-link.ts'
import {
  calendarDay,
  deadlineInWords,
  isoInstant,
  taskTitle,
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
  /** true when the heading above already says Today */
  readonly underToday?: boolean
  /** the page to return to; absent in the picture on the landing page, which has no buttons */
  readonly returnTo?: string
  /** the list's query, which a click on an assignee or a record narrows */
  readonly query?: ListAddress
}

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
      ${setting.hues === undefined ? '' : workspaceLabel(task, setting.hues)}
    </div>
    ${when(task, setting)} ${whose(task, setting)}
  </li>`
}

function what(task: TaskRow, { returnTo, query }: RowSetting): Html {
  const words = marked(taskTitle(task.content), query?.text)
  if (returnTo === undefined) return html`${words}`
  return html`<a href="${taskAddress(task, { from: returnTo })}">${words}</a>`
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

function workspaceLabel(task: TaskRow, hues: WorkspaceHues): Html {
  return html`<span class="workspace"
    >${workspaceDot(task.connectionId, hues)}<bdi>${task.workspaceName}</bdi></span
  >`
}

function when(task: TaskRow, setting: RowSetting): Html {
  const { reader, underToday } = setting
  if (task.isCompleted) {
    const { completedAt } = task
    if (completedAt === null || completedAt === undefined) return html``
    return html`<span class="when">${moment(completedAt, reader)}</span>`
  }
  const words = task.deadlineAt === null ? undefined : deadlineInWords(task.deadlineAt, reader)
  const text = underToday === true ? (words?.time ?? words?.text) : words?.text
  const time =
    task.deadlineAt === null || words === undefined
      ? undefined
      : html`<time datetime="${isoInstant(task.deadlineAt)}" title="${words.full}">${text}</time>`
  const late = words?.isLate === true ? html`data-late` : ''
  const address = editAddress(task, setting, 'deadline')
  if (address === undefined) {
    return time === undefined ? html`` : html`<span class="when" ${late}>${time}</span>`
  }
  const day =
    task.deadlineAt === null
      ? ''
      : html`data-day="${calendarDay({ ...reader, now: task.deadlineAt })}"`
  return html`<a class="when" href="${address}" data-edit="date" ${day} tabindex="-1" ${late}
    >${time ?? html`<span class="visually-hidden">Set a due date</span>`}</a
  >`
}

/** The section of the task's page that edits without a script; undefined where the task is read-only. */
function editAddress(
  task: TaskRow,
  { returnTo }: RowSetting,
  part: 'deadline' | 'assignees',
): string | undefined {
  if (returnTo === undefined || task.isWritable !== true) return undefined
  return `${taskAddress(task, { from: returnTo })}#${part}`
}

function whose(task: TaskRow, setting: RowSetting): Html {
  const { assignees } = task
  const address = editAddress(task, setting, 'assignees')
  const members = html`data-members="${assignees.map(({ memberId }) => memberId).join(' ')}"`
  const edit = address === undefined ? '' : html`data-edit="assignees"`
  if (address !== undefined && assignees.length === 0) {
    return html`<a class="whose" href="${address}" ${edit} tabindex="-1" ${members}
      ><span class="visually-hidden">Assign</span></a
    >`
  }
  return html`<span class="whose" ${edit} ${members}>${avatars(assignees, setting.query)}</span>`
}

function avatars(assignees: readonly Assignee[], query: ListAddress | undefined): Html {
  const shown = assignees.length > 3 ? assignees.slice(0, 2) : assignees
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
  const picture = avatar({ id: memberId, name })
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
