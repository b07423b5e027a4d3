// Changes that Attio refused, shown until the person retries or discards them.
import { addressOf, paths } from '../../addresses.ts'
import type { ChangeInList } from '../../../tasks/changes.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { counted, shortText, taskTitle, type PageReader } from '../../ui/words.ts'
import { problemInWords, wantedInWords, type ShownChange } from './change-in-words.ts'

export type FailedChange = ShownChange & {
  readonly changeId: string
  readonly problem: ChangeInList['problem']
  /** the permissions that the connection lacks */
  readonly missingScopes?: readonly string[] | undefined
}

/** Further changes are folded, so that the list stays visible. */
const shownAtOnce = 3

/** A task's card may stand beside the list, so each names its own region. */
const regions = {
  list: { id: 'refused-title', title: 'Couldn’t save to Attio' },
  card: { id: 'refused-card-title', title: 'Couldn’t save this task to Attio' },
} as const

export function failedChanges(
  changes: readonly FailedChange[],
  frame: AppFrame,
  on: keyof typeof regions = 'list',
): Html {
  if (changes.length === 0) return html``
  const { id, title } = regions[on]
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const item = (change: FailedChange): Html => failedChange(change, reader, frame.address)
  const rest = changes.slice(shownAtOnce)
  return html`<section class="refused" aria-labelledby="${id}">
    <h2 id="${id}">${icon('alert')}${title}</h2>
    <ul>
      ${changes.slice(0, shownAtOnce).map(item)}
    </ul>
    ${
      rest.length === 0
        ? ''
        : html`<details class="disclosure">
            <summary>${counted(rest.length, 'more', 'more')}</summary>
            <ul>
              ${rest.map(item)}
            </ul>
          </details>`
    }
  </section>`
}

function failedChange(change: FailedChange, reader: PageReader, returnTo: string): Html {
  const { changeId, content, problem, missingScopes = [] } = change
  const about = shortText(taskTitle(content), 120)
  return html`<li>
    <div>
      <p>
        <span class="what-wanted">${wantedInWords(change, reader)}</span>
        <span class="about">“<bdi>${about}</bdi>”</span>
      </p>
      <p class="why" dir="auto">
        ${problemInWords(problem, missingScopes, change.kind === 'note' ? 'note' : 'task')}
      </p>
    </div>
    <div class="ways">
      ${
        problem?.kind === 'gone'
          ? ''
          : decision('Try again', about, addressOf(paths.attempt, { changeId }), returnTo)
      }
      ${decision('Discard', about, addressOf(paths.dismissal, { changeId }), returnTo)}
    </div>
  </li>`
}

function decision(label: string, about: string, address: string, returnTo: string): Html {
  return html`<form method="post" action="${address}" data-morph>
    <input type="hidden" name="returnTo" value="${returnTo}" />
    <button type="submit">${label}<span class="visually-hidden">: ${about}</span></button>
  </form>`
}
