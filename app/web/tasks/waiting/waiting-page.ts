// The page of changes that Attio does not have yet: what each waits for, and a way to give it up.
import type { WaitingChange as Waiting } from '../../../tasks/changes.ts'
import { addressOf, paths } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { appPage } from '../../ui/layout.ts'
import { moment } from '../../ui/moment.ts'
import { shortText, taskTitle, waitInWords, type PageReader } from '../../ui/words.ts'
import { wantedInWords, type ShownChange } from '../views/change-in-words.ts'

export type WaitingRow = ShownChange & {
  readonly changeId: string
  readonly createdAt: number
  /** `reconnect`: Taskr has lost access to the workspace */
  readonly waits: Waiting['waits'] | { readonly kind: 'reconnect' }
}

export const mostWaitingShown = 200

export function waitingPage({
  changes,
  frame,
}: {
  readonly frame: AppFrame
  readonly changes: readonly WaitingRow[]
}): Html {
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const shown = changes.slice(0, mostWaitingShown)
  return appPage(frame, {
    title: 'Being saved',
    current: { kind: 'none' },
    refreshOnReturn: true,
    body: html`<header class="view"><h1 id="title">Being saved</h1></header>
      ${
        shown.length === 0
          ? html`<div class="emptiness">
              ${icon('check')}
              <h2>Everything is saved</h2>
              <p>Attio has all your changes.</p>
            </div>`
          : html`<p class="intro">
                Your lists show these already. Taskr sends them to Attio in this order.
              </p>
              <section class="waiting" aria-labelledby="title">
                <ul>
                  ${shown.map((change) => row(change, reader))}
                </ul>
              </section>
              ${changes.length > shown.length ? html`<p class="note">And more.</p>` : ''}`
      }`,
  })
}

function row(change: WaitingRow, reader: PageReader): Html {
  const { changeId, content, createdAt, waits } = change
  const about = shortText(taskTitle(content), 120)
  return html`<li>
    <div>
      <p>
        <span class="what-wanted">${wantedInWords(change, reader)}</span>
        <span class="about">“<bdi>${about}</bdi>”</span>
      </p>
      <p class="why">${whyItWaits(waits, reader)} · made ${moment(createdAt, reader)}</p>
    </div>
    ${
      waits.kind === 'being-sent'
        ? ''
        : html`<div class="ways">
            <form method="post" action="${addressOf(paths.dismissal, { changeId })}" data-morph>
              <input type="hidden" name="returnTo" value="${paths.changes}" />
              <button type="submit">Discard<span class="visually-hidden">: ${about}</span></button>
            </form>
          </div>`
    }
  </li>`
}

function whyItWaits(waits: WaitingRow['waits'], { now }: PageReader): string {
  switch (waits.kind) {
    case 'being-sent':
      return 'Being sent'
    case 'behind-another':
      return 'Waits for the change before it'
    case 'undoable':
      return 'Waits ten seconds, so that you can undo it'
    case 'again':
      return `Attio didn’t take it yet, next try ${waitInWords(waits.at, now)}`
    case 'next':
      return 'Next in line'
    case 'reconnect':
      return 'Waits until the workspace is reconnected'
  }
}
