// Edits a task's text. Attio can't change a text, so saving creates a copy, and the form says so beforehand.
import { addressOf, paths } from '../../addresses.ts'
import { actionForm, type Here } from '../../ui/action-form.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import type { TaskRow } from '../views/task-row.ts'

/** A refused text, and the reason. */
export type RefusedText = { readonly content: string; readonly problem: string }

export function textPart(
  { connectionId, taskId, content }: Pick<TaskRow, 'connectionId' | 'taskId' | 'content'>,
  refused: RefusedText | undefined,
  here: Here,
): Html {
  return html`<details class="more-part" id="text" ${refused === undefined ? '' : html`open`}>
    <summary data-key="i" aria-keyshortcuts="i">${icon('chevron')}Edit text</summary>
    <p class="hint" id="text-hint">
      Attio can’t edit task text, so saving creates a copy (with a new created date) and deletes
      this one.
    </p>
    ${
      refused === undefined
        ? ''
        : html`<p class="message" id="text-problem" role="alert">${refused.problem}</p>`
    }
    ${actionForm(here, {
      address: addressOf(paths.replacement, { connectionId, taskId }),
      inside: html`<label class="visually-hidden" for="text-content">New text</label>
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
        <button type="submit">Save as a copy</button>`,
    })}
  </details>`
}
