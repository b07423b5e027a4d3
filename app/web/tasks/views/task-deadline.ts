// Edits a task's due date: quick dates, or any date with an optional time.
import { addressOf, paths } from '../../addresses.ts'
import { actionForm, type Here } from '../../ui/action-form.ts'
import { html, type Html } from '../../ui/html.ts'
import { deadlineInWords, type PageReader } from '../../ui/words.ts'
import type { TaskRow } from './task-row.ts'

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
  readonly problem?: string | undefined
}

export function deadlinePanel(
  task: Pick<TaskRow, 'connectionId' | 'taskId' | 'deadlineAt' | 'isWritable'>,
  choice: DeadlineChoice,
  { away, reader }: { readonly away: Here; readonly reader: PageReader },
): Html {
  return html`<section class="part" id="deadline" aria-labelledby="deadline-title">
    <h2 id="deadline-title">Due date</h2>
    <div>
      ${task.isWritable === true ? forms(task, choice, away) : html`<p>${inWords(task, reader)}</p>`}
    </div>
  </section>`
}

function inWords({ deadlineAt }: Pick<TaskRow, 'deadlineAt'>, reader: PageReader): string {
  return deadlineAt === null ? 'None' : deadlineInWords(deadlineAt, reader).full
}

function forms(
  task: Pick<TaskRow, 'connectionId' | 'taskId' | 'deadlineAt'>,
  choice: DeadlineChoice,
  away: Here,
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
  return html`${actionForm(away, { address, inside: quick })}
  ${
    choice.problem === undefined
      ? ''
      : html`<p class="message" id="deadline-problem" role="alert">${choice.problem}</p>`
  }
  ${actionForm(away, { address, inside: exact })}`
}
