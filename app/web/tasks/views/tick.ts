// Whether a task is done: a button that changes it where that is allowed, a plain mark where it is not.
import { addressOf, paths } from '../../addresses.ts'
import { actionForm, type Here } from '../../ui/action-form.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { shortText } from '../../ui/words.ts'

export type Tickable = {
  readonly connectionId: string
  readonly taskId: string
  readonly content: string
  readonly isCompleted: boolean
  readonly isWritable?: boolean | undefined
}

export function tick(task: Tickable, here: Here | undefined): Html {
  return task.isWritable === true && here !== undefined ? button(task, here) : mark(task)
}

function mark({ isCompleted }: Tickable): Html {
  return html`<span class="tick" role="img" aria-label="${isCompleted ? 'Completed' : 'Open'}"
    >${icon('check')}</span
  >`
}

/** It says what is wanted rather than "the other way round", so that pressing twice is pressing once. */
function button({ connectionId, taskId, content, isCompleted }: Tickable, here: Here): Html {
  const label = `${isCompleted ? 'Reopen' : 'Complete'}: ${shortText(content)}`
  return actionForm(here, {
    address: addressOf(paths.completion, { connectionId, taskId }),
    className: 'completion',
    inside: html`<input type="hidden" name="isCompleted" value="${isCompleted ? 'no' : 'yes'}" />
      <button class="tick" type="submit" aria-label="${label}">${icon('check')}</button>`,
  })
}
