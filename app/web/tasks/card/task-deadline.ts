// Edits a task's due date: quick dates, or any date with an optional time.
import { addressOf, paths } from '../../addresses.ts'
import { actionForm, type Here } from '../../ui/action-form.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { deadlineInWords, isoInstant, type PageReader } from '../../ui/words.ts'
import type { TaskRow } from '../views/task-row.ts'

export type DeadlineChoice = {
  /** as the fields hold them: `2026-11-23` and `15:00`, or empty */
  readonly date: string
  readonly time: string
  /** quick dates, each with its date like `2026-11-23` and its day in words */
  readonly quick: readonly {
    readonly date: string
    readonly label: string
    readonly day: string
  }[]
  /** present when the clocks show the time twice that day: which one the task does not have */
  readonly otherTime?: 'first' | 'second' | undefined
  readonly problem?: string | undefined
}

export function deadlinePill(
  task: Pick<TaskRow, 'connectionId' | 'taskId' | 'deadlineAt' | 'isWritable' | 'isCompleted'>,
  choice: DeadlineChoice,
  { stay, reader }: { readonly stay: Here; readonly reader: PageReader },
): Html {
  const inside = html`${icon('calendar')}<span class="visually-hidden">Due date:</span>
    <span data-part="date">${inWords(task, reader)}</span>`
  if (task.isWritable !== true) return html`<span class="pill">${inside}</span>`
  return html`<details
    class="pill-part"
    name="pill"
    id="deadline"
    ${choice.problem === undefined ? '' : html`open`}
  >
    <summary class="pill" data-key="d" aria-keyshortcuts="d">${inside}</summary>
    <div class="opened">${forms(task, choice, stay)}</div>
  </details>`
}

function inWords(
  { deadlineAt, isCompleted }: Pick<TaskRow, 'deadlineAt' | 'isCompleted'>,
  reader: PageReader,
): Html {
  if (deadlineAt === null) return html`No date`
  const { unmistakable, full, isLate } = deadlineInWords(deadlineAt, reader)
  return html`<time
    datetime="${isoInstant(deadlineAt)}"
    title="${full}"
    ${isLate && !isCompleted ? html`data-late` : ''}
    >${unmistakable}</time
  >`
}

function forms(
  task: Pick<TaskRow, 'connectionId' | 'taskId' | 'deadlineAt'>,
  choice: DeadlineChoice,
  here: Here,
): Html {
  const address = addressOf(paths.deadline, {
    connectionId: task.connectionId,
    taskId: task.taskId,
  })
  const quick = html`<div class="choices">
    ${choice.quick.map(
      ({ date, label, day }) =>
        html`<button type="submit" name="day" value="${date}">
          ${label}<span class="detail">${day}</span>
        </button>`,
    )}
    ${
      choice.otherTime === undefined
        ? ''
        : html`<button type="submit" name="which" value="${choice.otherTime}">
            ${choice.time}<span class="detail">${choice.otherTime} of two</span>
          </button>`
    }
    ${
      task.deadlineAt === null
        ? ''
        : html`<button type="submit" name="quick" value="none">No date</button>`
    }
  </div>`
  const exact = html`<div class="row">
    <div class="field">
      <label for="deadline-date">Date</label>
      <input
        id="deadline-date"
        name="date"
        type="date"
        value="${choice.date}"
        ${choice.problem === undefined ? '' : html`aria-invalid="true" aria-describedby="deadline-problem" autofocus`}
      />
    </div>
    <div class="field">
      <label for="deadline-time">Time (optional)</label>
      <input id="deadline-time" name="time" type="time" value="${choice.time}" />
    </div>
    <button type="submit">Set</button>
  </div>`
  return html`${actionForm(here, { address, inside: quick })}
  ${
    choice.problem === undefined
      ? ''
      : html`<p class="message" id="deadline-problem" role="alert">${choice.problem}</p>`
  }
  ${actionForm(here, { address, inside: exact })}`
}
