// One task as a card: its text, its due date, assignees and workspace as pills that open, its records and its history. It is
// a page of its own, and the script also shows it in a panel beside the list.
import { paths, addressOf, taskAddress } from '../../addresses.ts'
import { actionForm, type Here } from '../../ui/action-form.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { workspaceDot, workspaceHues } from '../../ui/hue.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { appPage } from '../../ui/layout.ts'
import { moment } from '../../ui/moment.ts'
import { nextTurn } from '../../ui/turning.ts'
import { shortText, taskTitle } from '../../ui/words.ts'
import { safeLink } from '../../ui/safe-link.ts'
import { failedChanges, type FailedChange } from '../views/failed-changes.ts'
import { taskHistory, type TaskEvent } from './task-history.ts'
import { assigneesPill, type MemberChoice } from './task-assignees.ts'
import { deadlinePill, type DeadlineChoice } from './task-deadline.ts'
import { notePart, type NotePart } from './task-note.ts'
import { recordsPart, type RecordSearch, type RemovableRecord } from './task-records.ts'
import { textPart, type RefusedText } from './task-text.ts'
import { recordIconSheet, type TaskRow } from '../views/task-row.ts'

export type TaskPage = {
  readonly frame: AppFrame
  readonly task: TaskDetails
  /** the page to return to */
  readonly from: string
  readonly deadline: DeadlineChoice
  readonly members: readonly MemberChoice[]
  /** the searched words, when the workspace has more members than these; empty before the first search */
  readonly memberSearch?: string | undefined
  readonly search: RecordSearch
  readonly refusedText?: RefusedText | undefined
  /** present when the task can be completed with a note */
  readonly note?: NotePart | undefined
  /** the person's changes to this task, newest first */
  readonly history: readonly TaskEvent[]
  /** the workspace's tasks in Attio */
  readonly attioAddress?: string | undefined
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
  // Completing and deleting return to the list; other changes stay on the task.
  const away: Here = { returnTo: from, requestKey: frame.requestKey }
  const stay: Here = { returnTo: taskAddress(task, { from }), requestKey: frame.requestKey }
  const isRefused =
    page.deadline.problem !== undefined ||
    page.refusedText !== undefined ||
    page.note?.refused !== undefined
  return appPage(frame, {
    title: isRefused ? `Problem: ${title}` : title,
    current: { kind: 'none' },
    refreshOnReturn: true,
    isOfTasks: true,
    turnsAt: nextTurn([task], reader),
    body: html`<article
      class="task-page"
      data-task="task-${task.taskId}"
      data-state="${task.isCompleted ? 'completed' : 'open'}"
      aria-labelledby="task-title"
    >
      <p class="way-back"><a href="${from}">${icon('arrow')}Back to list</a></p>
      ${recordIconSheet()} ${failedChanges(failed, frame, 'card')}
      <h1 id="task-title" dir="auto"><span data-part="title">${taskTitle(task.content)}</span></h1>
      ${page.locked === undefined ? '' : html`<p class="locked">${icon('lock')}${page.locked}</p>`}
      ${completion(task, away)} ${page.note === undefined ? '' : notePart(task, page.note, away)}
      <div class="pills">
        ${deadlinePill(task, page.deadline, { stay, reader })}
        ${assigneesPill(task, page.members, { stay, from, search: page.memberSearch })}
        ${workspacePill(task, frame)}
      </div>
      ${recordsPart(task, page.search, { stay, frame, from })}
      ${
        task.isWritable === true
          ? html`${textPart(task, page.refusedText, stay)} ${deletion(task, away)}`
          : ''
      }
      <footer>
        ${openInAttio(page.attioAddress)}
        <p>
          Created
          ${moment(task.createdAt, reader)}${
            task.createdBy === undefined ? '' : html` by <bdi>${task.createdBy}</bdi>`
          }
        </p>
        ${taskHistory(page.history, reader)}
      </footer>
    </article>`,
  })
}

function completion(task: TaskDetails, here: Here): Html {
  const { connectionId, taskId, isCompleted, isPending, completedAt } = task
  const done =
    isCompleted && completedAt !== null && completedAt !== undefined
      ? html`<span class="state">Completed</span>`
      : ''
  const saving = isPending === true ? html`<span class="wait">Saving…</span>` : ''
  if (task.isWritable !== true) return html`<p class="completion">${done}${saving}</p>`
  return html`${actionForm(here, {
    address: addressOf(paths.completion, { connectionId, taskId }),
    className: 'completion',
    inside: html`<input type="hidden" name="isCompleted" value="${isCompleted ? 'no' : 'yes'}" />
      <button class="${isCompleted ? 'reopen' : 'primary'}" type="submit" data-key="e">
        ${icon('check')}${isCompleted ? 'Reopen' : 'Complete'}
      </button>
      ${done}${saving}`,
  })}`
}

function workspacePill(task: TaskDetails, { workspaces }: AppFrame): Html {
  return html`<span class="pill"
    >${workspaceDot(task, workspaceHues(workspaces), 'decoration')}<bdi
      >${task.workspaceName}</bdi
    ></span
  >`
}

function openInAttio(address: string | undefined): Html {
  const safe = safeLink(address)
  if (safe === undefined) return html``
  return html`<p>
    <a href="${safe}" target="_blank" rel="noopener noreferrer"
      >Open in Attio ↗<span class="visually-hidden"> (in a new tab)</span></a
    >
  </p>`
}

function deletion({ connectionId, taskId }: TaskDetails, here: Here): Html {
  return html`<details class="more-part">
    <summary>${icon('chevron')}Delete</summary>
    <p class="hint">Deletes it in Attio for everyone. You have ten seconds to undo.</p>
    ${actionForm(here, {
      address: addressOf(paths.deletion, { connectionId, taskId }),
      inside: html`<button class="danger" type="submit">Delete task</button>`,
    })}
  </details>`
}
