// Another text for a task. Attio cannot change one, so what happens instead is said before it happens.
import { addressOf, paths } from '../../addresses.ts'
import { actionForm, type Here } from '../../ui/action-form.ts'
import { html, type Html } from '../../ui/html.ts'
import type { TaskRow } from './task-row.ts'

/** The text that came back, and why. */
export type RefusedText = { readonly content: string; readonly problem: string }

export function textPanel(
  { connectionId, taskId, content }: Pick<TaskRow, 'connectionId' | 'taskId' | 'content'>,
  refused: RefusedText | undefined,
  here: Here,
): Html {
  return html`<section class="part" id="text" aria-labelledby="text-title">
    <h2 id="text-title">Text</h2>
    <div>
      <p class="hint" id="text-hint">
        Attio cannot change a text: Taskr creates a new task with everything this one has, and then
        deletes this one. You have ten seconds to undo it.
      </p>
      ${
        refused === undefined
          ? ''
          : html`<p class="message" id="text-problem" role="alert">${refused.problem}</p>`
      }
      ${actionForm(here, {
        address: addressOf(paths.replacement, { connectionId, taskId }),
        inside: html`<label class="visually-hidden" for="text-content">The new text</label>
          <textarea
            id="text-content"
            name="content"
            rows="3"
            required
            dir="auto"
            aria-describedby="text-hint${refused === undefined ? '' : ' text-problem'}"
            ${refused === undefined ? '' : html`aria-invalid="true" autofocus`}
          >
${refused?.content ?? content}</textarea>
          <button type="submit">Replace task</button>`,
      })}
    </div>
  </section>`
}
