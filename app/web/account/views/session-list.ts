// The browsers signed in to this account, each with a button to sign it out.
import { addressOf, paths } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { atMoment } from '../../ui/moment.ts'
import { browserInWords } from '../../../support/browser-in-words.ts'

export type SettingsSession = {
  readonly sessionId: string
  readonly userAgent: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly isCurrent: boolean
}

export type SessionList = {
  readonly frame: AppFrame
  readonly sessions: readonly SettingsSession[]
}

export function sessionList({ frame, sessions }: SessionList): Html {
  return html`<section class="panel" aria-labelledby="sessions-title">
    <h2 id="sessions-title">Where you're logged in</h2>
    <ul class="things">
      ${sessions.map((session) => sessionItem(session, frame))}
    </ul>
    ${
      sessions.length > 1
        ? html`<form method="post" action="${paths.otherSessionsEnding}">
            <button type="submit">Log out everywhere else</button>
          </form>`
        : ''
    }
  </section>`
}

function sessionItem(session: SettingsSession, frame: AppFrame): Html {
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const browser = browserInWords(session.userAgent)
  return html`<li>
    <div>
      <p>
        <bdi>${browser}</bdi>
        ${session.isCurrent ? html`<span class="badge" data-tone="good">This browser</span>` : ''}
      </p>
      <p class="detail">
        Signed in ${atMoment(session.createdAt, reader)}, last seen
        ${atMoment(session.lastSeenAt, reader)}
      </p>
    </div>
    ${
      session.isCurrent
        ? ''
        : html`<form
            method="post"
            action="${addressOf(paths.sessionEnding, { sessionId: session.sessionId })}"
          >
            <button class="quiet" type="submit">
              Log out<span class="visually-hidden"> ${browser}</span>
            </button>
          </form>`
    }
  </li>`
}
