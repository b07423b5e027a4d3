// One task as one sentence: its state, what to do, about whom, when, whose.
import { avatar } from '../../ui/avatar.ts'
import { hueOf } from '../../ui/hue.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon, type IconName } from '../../ui/icons.ts'
import { moment } from '../../ui/moment.ts'
import { safeLink } from '../../ui/safe-link.ts'
import { deadlineInWords, isoInstant, type Reader } from '../../ui/words.ts'

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
}

export type Assignee = { readonly memberId: string; readonly name: string }

export type LinkedRecord = {
  readonly kind: LinkedRecordKind
  /** absent while Attio has not told us */
  readonly name?: string | undefined
  readonly webUrl?: string | null | undefined
}

export type LinkedRecordKind = 'person' | 'company' | 'deal' | 'record'

export type RowSetting = {
  readonly reader: Reader
  /** each row says which workspace it comes from */
  readonly severalWorkspaces: boolean
  /** the heading above already says that it is today */
  readonly underToday?: boolean
}

export function taskRow(task: TaskRow, setting: RowSetting): Html {
  return html`<li
    class="task"
    id="task-${task.connectionId}-${task.taskId}"
    data-state="${task.isCompleted ? 'completed' : 'open'}"
  >
    ${stateMark(task.isCompleted)}
    <div class="line">
      <p class="what" dir="auto">${task.content === '' ? 'A task without text' : task.content}</p>
      ${linkedRecords(task.linkedRecords)} ${setting.severalWorkspaces ? workspaceLabel(task) : ''}
    </div>
    ${when(task, setting)} ${whose(task.assignees)}
  </li>`
}

/** Read-only for now; it stands where the tick's button will be. */
function stateMark(isCompleted: boolean): Html {
  return html`<span class="tick" role="img" aria-label="${isCompleted ? 'Completed' : 'Open'}"
    >${icon('check')}</span
  >`
}

const recordIcons = {
  person: 'person',
  company: 'building',
  deal: 'coin',
  record: 'cube',
} satisfies Record<LinkedRecordKind, IconName>

function linkedRecords(records: readonly LinkedRecord[]): Html {
  if (records.length === 0) return html``
  const shown = records.length > 3 ? records.slice(0, 2) : records
  const rest = records.slice(shown.length)
  return html`<span class="records"
    >${shown.map(linkedRecord)}${
      rest.length === 0
        ? ''
        : html`<span class="record" title="${rest.map(nameOf).join(', ')}"
            >+${rest.length}<span class="visually-hidden"> more linked records</span></span
          >`
    }</span
  >`
}

function nameOf(record: LinkedRecord): string {
  return record.name ?? `A ${record.kind}`
}

function linkedRecord(record: LinkedRecord): Html {
  const address = safeLink(record.webUrl)
  const inside = html`${icon(recordIcons[record.kind])}<bdi>${nameOf(record)}</bdi>`
  if (address === undefined) return html`<span class="record">${inside}</span>`
  return html`<a class="record" href="${address}" target="_blank" rel="noopener noreferrer"
    >${inside}<span class="visually-hidden"> (${record.kind}, opens Attio in a new tab)</span></a
  >`
}

function workspaceLabel(task: TaskRow): Html {
  return html`<span class="workspace"
    ><span class="dot" data-hue="${hueOf(task.connectionId)}"></span
    ><bdi>${task.workspaceName}</bdi></span
  >`
}

function when(task: TaskRow, { reader, underToday }: RowSetting): Html {
  if (task.isCompleted) {
    const { completedAt } = task
    if (completedAt === null || completedAt === undefined) return html``
    return html`<span class="when">${moment(completedAt, reader)}</span>`
  }
  if (task.deadlineAt === null) return html``
  const words = deadlineInWords(task.deadlineAt, reader)
  return html`<time
    class="when"
    datetime="${isoInstant(task.deadlineAt)}"
    title="${words.full}"
    ${words.isLate ? html`data-late` : ''}
    >${underToday === true ? (words.time ?? words.text) : words.text}</time
  >`
}

function whose(assignees: readonly Assignee[]): Html {
  const shown = assignees.length > 3 ? assignees.slice(0, 2) : assignees
  const rest = assignees.slice(shown.length)
  return html`<span class="whose">
    ${shown.map(({ memberId, name }) => avatar({ id: memberId, name }))}
    ${
      rest.length === 0
        ? ''
        : html`<span
            class="who"
            role="img"
            aria-label="${rest.map(({ name }) => name).join(', ')}"
            title="${rest.map(({ name }) => name).join(', ')}"
            >+${rest.length}</span
          >`
    }
  </span>`
}
