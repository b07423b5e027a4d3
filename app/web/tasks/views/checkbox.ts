// Whether a task is done: a button that changes it where that is allowed, a plain mark where it is not.
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
 * It belongs to the form around the list, and says itself which task it is for. What is wanted is said, too, rather than
 * "the other way round", so that pressing twice is pressing once.
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
