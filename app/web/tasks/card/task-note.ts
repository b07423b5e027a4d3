// Completes a task and writes a note on one of its linked records.
import { addressOf, paths } from '../../addresses.ts'
import { actionForm, type Here } from '../../ui/action-form.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon, iconOf } from '../../ui/icons.ts'
import { recordIcons, recordName, type TaskRow } from '../views/task-row.ts'
import type { RemovableRecord } from './task-records.ts'

export type NotePart = {
  /** the records that the note can be on */
  readonly records: readonly RemovableRecord[]
  readonly refused?: RefusedNote | undefined
}

/** A refused note, and the reason. */
export type RefusedNote = {
  readonly text: string
  readonly recordId: string
  readonly problem: string
}

export function notePart(
  { connectionId, taskId }: Pick<TaskRow, 'connectionId' | 'taskId'>,
  { records, refused }: NotePart,
  here: Here,
): Html {
  return html`<details
    class="more-part note-part"
    id="note"
    ${refused === undefined ? '' : html`open`}
  >
    <summary aria-keyshortcuts="Shift+E">${icon('chevron')}Complete with a note</summary>
    ${
      refused === undefined
        ? ''
        : html`<p class="message" id="note-problem" role="alert">${refused.problem}</p>`
    }
    ${actionForm(here, {
      address: addressOf(paths.completion, { connectionId, taskId }),
      inside: html`<input type="hidden" name="isCompleted" value="yes" />
        ${target(records, refused?.recordId)}
        <label class="visually-hidden" for="note-text">Note</label>
        <textarea
          id="note-text"
          name="note"
          rows="3"
          required
          dir="auto"
          placeholder="What came of it?"
          ${refused === undefined ? '' : html`aria-invalid="true" aria-describedby="note-problem" autofocus`}
        >
${refused?.text ?? ''}</textarea>
        <button type="submit">Complete with note</button>`,
    })}
  </details>`
}

function target(records: readonly RemovableRecord[], chosen: string | undefined): Html {
  const [only, ...others] = records
  if (only === undefined) return html``
  if (others.length === 0) {
    return html`<p class="note-target">
      <span>Note on</span>
      <span class="record">${iconOf(recordIcons[only.kind])}<bdi>${recordName(only)}</bdi></span>
      <input type="hidden" name="recordId" value="${only.recordId}" />
    </p>`
  }
  return html`<p class="note-target">
    <label for="note-record">Note on</label>
    <select id="note-record" name="recordId">
      ${records.map(
        (record) =>
          html`<option
            value="${record.recordId}"
            ${record.recordId === chosen ? html`selected` : ''}
          >
            ${recordName(record)}
          </option>`,
      )}
    </select>
  </p>`
}
