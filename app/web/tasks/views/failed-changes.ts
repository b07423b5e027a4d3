// What did not work: changes that stand as refused until the person sends them again or gives them up.
import { addressOf, paths } from '../../addresses.ts'
import type { ChangeInList } from '../../../tasks/changes.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { counted, shortText, type Reader } from '../../ui/words.ts'
import { problemInWords, wantedInWords, type ShownChange } from './change-in-words.ts'

export type FailedChange = ShownChange & {
  readonly changeId: string
  readonly problem: ChangeInList['problem']
  /** what its connection lacks, so that a refusal can name it */
  readonly missingScopes?: readonly string[] | undefined
}

/** More than these wait behind a line that says how many: the list itself must stay in sight. */
const shownAtOnce = 3

export function failedChanges(changes: readonly FailedChange[], frame: AppFrame): Html {
  if (changes.length === 0) return html``
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const item = (change: FailedChange): Html => failedChange(change, reader, frame.address)
  const rest = changes.slice(shownAtOnce)
  return html`<section class="refused" aria-labelledby="refused-title">
    <h2 id="refused-title">${icon('alert')}What did not work</h2>
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

function failedChange(change: FailedChange, reader: Reader, returnTo: string): Html {
  const { changeId, content, problem, missingScopes = [] } = change
  const about = shortText(content, 120)
  return html`<li>
    <div>
      <p>
        <bdi class="about">${about}</bdi>
        <span class="what-wanted">${wantedInWords(change, reader)}</span>
      </p>
      <p class="why" dir="auto">${problemInWords(problem, missingScopes)}</p>
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
