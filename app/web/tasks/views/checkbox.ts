// The checkbox of a task: a button where the task can be changed, otherwise a plain mark.
import { addressOf, paths } from '../../addresses.ts'
import { html, type Html } from '../../ui/html.ts'
import { shortText, taskTitle } from '../../ui/words.ts'

export type CheckableTask = {
  readonly connectionId: string
  readonly taskId: string
  readonly content: string
  readonly isCompleted: boolean
  readonly isWritable?: boolean | undefined
}

export function checkbox(task: CheckableTask, canBePressed: boolean): Html {
  return task.isWritable === true && canBePressed ? button(task) : mark(task)
}

function mark({ isCompleted }: CheckableTask): Html {
  return html`<span
    class="checkbox"
    role="img"
    aria-label="${isCompleted ? 'Completed' : 'Open'}"
  ></span>`
}

/**
 * Renders a button of the form around the list, with its task's address. It sends the wanted state rather than a toggle,
 * so that pressing twice has the same effect as pressing once.
 */
function button({ connectionId, taskId, content, isCompleted }: CheckableTask): Html {
  const label = `${isCompleted ? 'Reopen' : 'Complete'}: ${shortText(taskTitle(content))}`
  return html`<button
    class="checkbox"
    type="submit"
    formaction="${addressOf(paths.completion, { connectionId, taskId })}"
    ${isCompleted ? html`name="isCompleted" value="no"` : ''}
    aria-label="${label}"
  ></button>`
}
