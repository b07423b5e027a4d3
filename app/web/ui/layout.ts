// The two page layouts: a card for pages with one question, and the app with the navigation at its side.
import { paths } from '../addresses.ts'
import { brand } from './brand.ts'
import type { AppFrame, PageFrame } from './frame.ts'
import { html, type Html } from './html.ts'
import { toastRegion } from './toast.ts'
import { side, type CurrentPage } from './side.ts'
import { calendarDay } from './words.ts'

export type PageShell = {
  readonly title: string
  readonly body: Html
  /** the interval at which the page refetches itself while a sync or change is in progress */
  readonly refreshEveryMs?: number | undefined
  /** when the page refetches itself, because a day begins or a task becomes late */
  readonly turnsAt?: number | undefined
  /** true for a list and a task, which need the first style sheet only */
  readonly isOfTasks?: boolean
}

export function cardPage(frame: PageFrame, page: PageShell & { readonly wide?: boolean }): Html {
  return document(
    frame,
    page,
    html`<body class="cards" data-shell="card">
      <a class="skip" href="#main">Skip to the content</a>
      <header class="top">
        ${brand()} ${frame.account === undefined ? '' : leave(frame.account)}
      </header>
      ${toastRegion(frame.toast, frame.address)}
      <main
        id="main"
        tabindex="-1"
        class="${page.wide === true ? 'wide' : 'narrow'}"
        ${refresh(page.refreshEveryMs)}
      >
        ${page.body}
      </main>
    </body>`,
  )
}

/** Puts the toast first in the document, although it is shown last, because its Undo lasts only ten seconds. */
export function appPage(
  frame: AppFrame,
  page: PageShell & { readonly current: CurrentPage; readonly refreshOnReturn?: boolean },
): Html {
  return document(
    frame,
    page,
    html`<body
      class="app"
      data-shell="app"
      ${frame.live === undefined ? '' : html`data-live="${frame.live}"`}
    >
      <a class="skip" href="#main">Skip to the content</a>
      ${toastRegion(frame.toast, frame.address)} ${side(frame, page.current)}
      <main
        id="main"
        tabindex="-1"
        ${refresh(page.refreshEveryMs)}
        data-today="${calendarDay({ now: frame.now, timeZone: frame.account.timeZone })}"
        ${page.refreshOnReturn === true ? html`data-refresh-on-return` : ''}
        ${page.turnsAt === undefined ? '' : html`data-turns-after="${page.turnsAt - frame.now}"`}
      >
        <div class="column">${page.body}</div>
      </main>
    </body>`,
  )
}

function leave(account: { readonly username: string }): Html {
  return html`<form class="leave" method="post" action="${paths.logOut}">
    <span>Signed in as <bdi>${account.username}</bdi></span>
    <button class="quiet" type="submit">Log out</button>
  </form>`
}

function refresh(everyMs: number | undefined): Html {
  return everyMs === undefined ? html`` : html`data-refresh-every="${everyMs}"`
}

function document(frame: PageFrame, { title, isOfTasks = false }: PageShell, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title} · Taskr</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content="Your Attio tasks in one fast list." />
        <link rel="icon" type="image/svg+xml" href="${frame.assets.icon}" />
        <link rel="stylesheet" href="${frame.assets.stylesheet}" />
        ${isOfTasks ? '' : html`<link rel="stylesheet" href="${frame.assets.pagesStylesheet}" />`}
        <script type="module" src="${frame.assets.script}"></script>
        ${isOfTasks ? '' : html`<script type="module" src="${frame.assets.pagesScript}"></script>`}
      </head>
      ${body}
    </html>`
}
