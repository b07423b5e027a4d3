// One task on its own page, with a form for each field that can be changed.
import { paths, addressOf, taskAddress } from '../../addresses.ts'
import { actionForm, type Here } from '../../ui/action-form.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { workspaceDot, workspaceHues, type WorkspaceHues } from '../../ui/hue.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { appPage } from '../../ui/layout.ts'
import { moment } from '../../ui/moment.ts'
import { nextTurn } from '../../ui/turning.ts'
import {
  deadlineInWords,
  isoInstant,
  shortText,
  taskTitle,
  type PageReader,
} from '../../ui/words.ts'
import { failedChanges, type FailedChange } from './failed-changes.ts'
import { assigneesPanel, type MemberChoice } from './task-assignees.ts'
import { deadlinePanel, type DeadlineChoice } from './task-deadline.ts'
import { recordsPanel, type RecordSearch, type RemovableRecord } from './task-records.ts'
import { textPanel, type RefusedText } from './task-text.ts'
import type { TaskRow } from './task-row.ts'

export type TaskPage = {
  readonly frame: AppFrame
  readonly task: TaskDetails
  /** the page to return to */
  readonly from: string
  readonly deadline: DeadlineChoice
  readonly members: readonly MemberChoice[]
  readonly search: RecordSearch
  readonly refusedText?: RefusedText | undefined
  /** changes to this task that Attio refused */
  readonly failed: readonly FailedChange[]
  /** the reason why the task is read-only */
  readonly locked?: Html | undefined
}

export type TaskDetails = Omit<TaskRow, 'linkedRecords'> & {
  readonly linkedRecords: readonly RemovableRecord[]
  readonly createdAt: number
  /** absent when Attio doesn't say who created it */
  readonly createdBy?: string | undefined
}

export function taskPage(page: TaskPage): Html {
  const { frame, task, from, failed } = page
  const title = shortText(taskTitle(task.content), 50)
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  // Linking stays on this page, since people often link several records. Other changes return to the list.
  const away: Here = { returnTo: from, requestKey: frame.requestKey }
  const stay: Here = { returnTo: taskAddress(task, { from }), requestKey: frame.requestKey }
  const isRefused = page.deadline.problem !== undefined || page.refusedText !== undefined
  return appPage(frame, {
    title: isRefused ? `Problem: ${title}` : title,
    current: { kind: 'none' },
    refreshOnReturn: true,
    turnsAt: nextTurn([task], reader),
    body: html`<article
      class="task-page"
      data-state="${task.isCompleted ? 'completed' : 'open'}"
      aria-labelledby="title"
    >
      <p class="way-back"><a href="${from}">${icon('arrow')}Back to list</a></p>
      ${failedChanges(failed, frame)}
      <header>
        <h1 id="title" dir="auto">${taskTitle(task.content)}</h1>
        ${completion(task, away)} ${facts(task, { hues: workspaceHues(frame.workspaces), reader })}
      </header>
      ${page.locked === undefined ? '' : html`<p class="locked">${icon('lock')}${page.locked}</p>`}
      ${deadlinePanel(task, page.deadline, { away, reader })}
      ${assigneesPanel(task, page.members, away)}
      ${recordsPanel(task, page.search, { stay, frame, from })}
      ${
        task.isWritable === true
          ? html`${textPanel(task, page.refusedText, away)} ${deletion(task, away)}`
          : ''
      }
    </article>`,
  })
}

function completion(task: TaskDetails, here: Here): Html {
  if (task.isWritable !== true) return html``
  const { connectionId, taskId, isCompleted } = task
  return actionForm(here, {
    address: addressOf(paths.completion, { connectionId, taskId }),
    className: 'completion',
    inside: html`<input type="hidden" name="isCompleted" value="${isCompleted ? 'no' : 'yes'}" />
      <button class="${isCompleted ? 'reopen' : 'primary'}" type="submit">
        ${icon('check')}${isCompleted ? 'Reopen' : 'Complete'}
      </button>`,
  })
}

function facts(
  task: TaskDetails,
  { hues, reader }: { readonly hues: WorkspaceHues; readonly reader: PageReader },
): Html {
  return html`<dl class="facts">
    <div>
      <dt>Status</dt>
      <dd>${status(task, reader)}</dd>
    </div>
    <div>
      <dt>Due date</dt>
      <dd>${deadline(task, reader)}</dd>
    </div>
    <div>
      <dt>Workspace</dt>
      <dd>
        ${workspaceDot(task.connectionId, hues)}
        <bdi>${task.workspaceName}</bdi>
      </dd>
    </div>
    <div>
      <dt>Created</dt>
      <dd>
        ${moment(task.createdAt, reader)}${
          task.createdBy === undefined ? '' : html` by <bdi>${task.createdBy}</bdi>`
        }
      </dd>
    </div>
  </dl>`
}

function status({ isCompleted, completedAt, isPending }: TaskDetails, reader: PageReader): Html {
  const since =
    isCompleted && completedAt !== null && completedAt !== undefined
      ? html` ${moment(completedAt, reader)}`
      : ''
  return html`${isCompleted ? 'Completed' : 'Open'}${since}${
    isPending === true ? html`<span class="wait"> · saving…</span>` : ''
  }`
}

function deadline({ deadlineAt, isCompleted }: TaskDetails, reader: PageReader): Html {
  if (deadlineAt === null) return html`None`
  const { text, full, isLate } = deadlineInWords(deadlineAt, reader)
  return html`<time
    datetime="${isoInstant(deadlineAt)}"
    title="${full}"
    ${isLate && !isCompleted ? html`data-late` : ''}
    >${text}</time
  >`
}

function deletion({ connectionId, taskId }: TaskDetails, here: Here): Html {
  return html`<section class="part" aria-labelledby="deletion">
    <h2 id="deletion">Delete</h2>
    <div>
      <p class="hint">Deletes it in Attio for everyone. You have ten seconds to undo.</p>
      ${actionForm(here, {
        address: addressOf(paths.deletion, { connectionId, taskId }),
        inside: html`<button class="danger" type="submit">Delete task</button>`,
      })}
    </div>
  </section>`
}
