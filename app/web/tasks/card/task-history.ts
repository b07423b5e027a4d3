// The changes that were made to a task in Taskr, newest first.
import { html, type Html } from '../../ui/html.ts'
import { moment } from '../../ui/moment.ts'
import type { PageReader } from '../../ui/words.ts'
import type { ChangeOfTask } from '../../../tasks/changes.ts'
import { doneInWords, wantedInWords } from '../views/change-in-words.ts'

export type TaskEvent = Pick<
  ChangeOfTask,
  'kind' | 'content' | 'wanted' | 'status' | 'createdAt' | 'by'
>

export function taskHistory(events: readonly TaskEvent[], reader: PageReader): Html {
  if (events.length === 0) return html``
  return html`<section class="history" aria-labelledby="history-title">
    <h2 id="history-title">Changes in Taskr in the last week</h2>
    <ol>
      ${events.map(
        (event) =>
          html`<li>
            <span>${eventInWords(event, reader)}${changer(event)}${outcomes[event.status]}</span>
            ${moment(event.createdAt, reader)}
          </li>`,
      )}
    </ol>
  </section>`
}

function eventInWords(event: TaskEvent, reader: PageReader): string {
  return event.status === 'done' ? doneInWords(event, reader) : wantedInWords(event, reader)
}

/** Attio names the app for every change, so Taskr says who asked for it. */
function changer({ by }: TaskEvent): Html {
  if (by.kind === 'you') return html``
  return html` · <bdi>${by.name ?? 'A former member'}</bdi>`
}

const outcomes = {
  pending: ' · saving…',
  sent: ' · saving…',
  done: '',
  failed: ' · not saved',
  withdrawn: ' · undone',
} satisfies Record<ChangeOfTask['status'], string>
