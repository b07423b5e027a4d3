// Edits a task's linked records: unlinks each, or searches Attio for more.
import { addressOf, paths, taskAddress } from '../../addresses.ts'
import { actionForm, type Here } from '../../ui/action-form.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon, iconOf } from '../../ui/icons.ts'
import {
  linkedRecord,
  recordIcons,
  recordName,
  type LinkedRecord,
  type TaskRow,
} from '../views/task-row.ts'

export type RemovableRecord = LinkedRecord & RecordNames
type RecordNames = { readonly targetObject: string; readonly recordId: string }

export type RecordSearch =
  /** before the first search */
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly query: string; readonly records: readonly RecordChoice[] }
  | { readonly kind: 'failed'; readonly query: string; readonly why: SearchFailure }

export type SearchFailure = 'no-answer' | 'forbidden' | 'needs-reconnect'

export type RecordChoice = RemovableRecord & { readonly isLinked: boolean }

type Setting = { readonly stay: Here; readonly frame: AppFrame; readonly from: string }
type OfTask = Pick<TaskRow, 'connectionId' | 'taskId' | 'isWritable'> & {
  readonly linkedRecords: readonly RemovableRecord[]
}

export function recordsPart(task: OfTask, search: RecordSearch, setting: Setting): Html {
  return html`<section class="records-part" id="records" aria-labelledby="records-title">
    <h2 id="records-title">Linked records</h2>
    <div data-part="records">
      ${
        task.linkedRecords.length === 0
          ? html`<p class="hint">No linked records.</p>`
          : html`<ul class="records-list">
              ${task.linkedRecords.map((record) => linked(task, record, setting.stay))}
            </ul>`
      }
    </div>
    ${
      task.isWritable === true
        ? html`<details class="more-part" ${search.kind === 'none' ? '' : html`open`}>
            <summary data-key="l" aria-keyshortcuts="l">${icon('plus')}Link a record</summary>
            ${searchForm(task, search, setting)} ${results(task, search, setting.stay)}
          </details>`
        : ''
    }
  </section>`
}

function linked(task: OfTask, record: RemovableRecord, stay: Here): Html {
  return html`<li>
    ${linkedRecord(record)}
    ${
      task.isWritable === true
        ? recordForm(paths.unlinking, { task, record, stay, label: 'Unlink' })
        : ''
    }
  </li>`
}

function searchForm(task: OfTask, search: RecordSearch, { from }: Setting): Html {
  return html`<form
    class="find"
    role="search"
    aria-label="Records"
    method="get"
    action="${taskAddress(task)}#records"
  >
    <input type="hidden" name="from" value="${from}" />
    <label class="visually-hidden" for="find">Find a record</label>
    <div class="row">
      <input
        id="find"
        name="find"
        type="search"
        required
        maxlength="256"
        autocomplete="off"
        placeholder="Search by name, email or domain"
        value="${search.kind === 'none' ? '' : search.query}"
      />
      <button type="submit">Search</button>
    </div>
  </form>`
}

function results(task: OfTask, search: RecordSearch, stay: Here): Html {
  switch (search.kind) {
    case 'none':
      return html``
    case 'failed':
      return html`<p class="answer" role="status">${failures[search.why]}</p>`
    case 'found':
      return search.records.length === 0
        ? html`<p class="answer" role="status">No records match “<bdi>${search.query}</bdi>”.</p>`
        : html`<ul class="records-list found" aria-label="Found in Attio">
            ${search.records.map((record) => found(task, record, stay))}
          </ul>`
  }
}

const failures = {
  'no-answer': 'Attio didn’t answer in time. Try again in a moment.',
  forbidden: 'Attio doesn’t let Taskr search records in this workspace.',
  'needs-reconnect': 'Taskr lost access to this workspace. Reconnect it first.',
} satisfies Record<SearchFailure, string>

function found(task: OfTask, record: RecordChoice, stay: Here): Html {
  return html`<li>
    <span class="record">${iconOf(recordIcons[record.kind])}<bdi>${recordName(record)}</bdi></span>
    ${
      record.isLinked
        ? html`<span class="detail">linked</span>`
        : recordForm(paths.linkedRecords, { task, record, stay, label: 'Link' })
    }
  </li>`
}

function recordForm(
  path: typeof paths.linkedRecords | typeof paths.unlinking,
  {
    task,
    record,
    stay,
    label,
  }: {
    readonly task: OfTask
    readonly record: RemovableRecord
    readonly stay: Here
    readonly label: string
  },
): Html {
  const { connectionId, taskId } = task
  return actionForm(stay, {
    address: addressOf(path, { connectionId, taskId }),
    inside: html`<input type="hidden" name="targetObject" value="${record.targetObject}" />
      <input type="hidden" name="recordId" value="${record.recordId}" />
      <button class="quiet" type="submit" aria-label="${label} ${recordName(record)}">
        ${label}
      </button>`,
  })
}
