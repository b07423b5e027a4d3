// The changes that a person made to a task in Taskr, newest first.
import { html, type Html } from '../../ui/html.ts'
import { moment } from '../../ui/moment.ts'
import type { PageReader } from '../../ui/words.ts'
import type { ChangeInList } from '../../../tasks/changes.ts'
import { wantedInWords } from '../views/change-in-words.ts'

export type TaskEvent = Pick<ChangeInList, 'kind' | 'content' | 'wanted' | 'status' | 'createdAt'>

export function taskHistory(events: readonly TaskEvent[], reader: PageReader): Html {
  if (events.length === 0) return html``
  return html`<section class="history" aria-labelledby="history-title">
    <h2 id="history-title">Your changes in the last week</h2>
    <ol>
      ${events.map(
        (event) =>
          html`<li>
            <span>${wantedInWords(event, reader)}${outcomes[event.status]}</span>
            ${moment(event.createdAt, reader)}
          </li>`,
      )}
    </ol>
  </section>`
}

const outcomes = {
  pending: ' · saving…',
  sent: ' · saving…',
  done: '',
  failed: ' · not saved',
  withdrawn: ' · undone',
} satisfies Record<ChangeInList['status'], string>
