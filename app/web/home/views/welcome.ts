// The landing page for visitors who are signed out.
import type { SignUpRule } from '../../../accounts/accounts.ts'
import { paths } from '../../addresses.ts'
import { contactLink } from '../../ui/safe-link.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { cardPage } from '../../ui/layout.ts'
import { choiceInWords } from '../../ui/words.ts'
import { picture } from './picture.ts'

export type WelcomePage = {
  readonly frame: PageFrame
  /** the host of this server, and whom to reach about it: a mailto: or https: address */
  readonly server: { readonly host: string; readonly contact: string }
  readonly signUp: SignUpRule
}

export function welcomePage(page: WelcomePage): Html {
  const { frame, server } = page
  return cardPage(frame, {
    title: 'Your Attio tasks in one list',
    wide: true,
    body: html`<section class="hero">
        <h1>Every Attio task.<br />One calm list.</h1>
        <p class="lead">
          Attio shows tasks one workspace at a time. Taskr puts all of yours into one list that you
          can clear from the keyboard.
        </p>
        ${actions(page)}
      </section>
      ${picture(frame.now)}
      <section class="reasons" aria-labelledby="reasons">
        <h2 id="reasons">Why Taskr</h2>
        <ul>
          ${reasons.map(
            (reason) =>
              html`<li>
                ${icon(reason.icon)}
                <h3>${reason.title}</h3>
                <p>${reason.words}</p>
              </li>`,
          )}
        </ul>
      </section>
      <footer class="about">
        <p>
          Taskr is open source under the MIT license. This server is
          <strong><bdi>${server.host}</bdi></strong
          >. Its operator: ${contactLink(server.contact)}.
        </p>
      </footer>`,
  })
}

function actions({ server, signUp }: WelcomePage): Html {
  const logIn = (kind: string) =>
    html`<a class="button ${kind}" href="${paths.logIn}" ${kind === '' ? '' : html`autofocus`}
      >Log in</a
    >`
  switch (signUp.mode) {
    case 'open':
      return html`<div class="actions">
          <a class="button primary" href="${paths.signUp}" autofocus>Sign up</a>
          ${logIn('')}
        </div>
        <p class="aside">
          ${
            signUp.domains.length === 0
              ? 'Takes about a minute.'
              : html`For people with an address at <bdi>${choiceInWords(signUp.domains)}</bdi>.`
          }
          An admin of your Attio workspace connects it once.
        </p>`
    case 'invited':
      return html`<div class="actions">${logIn('primary')}</div>
        <p class="aside">
          Sign-up here is by invitation. Ask a colleague who uses it, then open their link.
        </p>`
    case 'closed':
      return html`<div class="actions">${logIn('primary')}</div>
        <p class="aside">
          Sign-up here is closed. The operator can let you in: ${contactLink(server.contact)}.
        </p>`
  }
}

const reasons = [
  {
    icon: 'inbox',
    title: 'All your workspaces',
    words: 'Two clients, three teams, one list.',
  },
  {
    icon: 'done',
    title: 'A key for everything',
    words: 'Complete, date, assign and link without leaving the list.',
  },
  {
    icon: 'clock',
    title: 'Overdue, cleared',
    words: 'Decide old tasks one by one, a single key for each.',
  },
  {
    icon: 'refresh',
    title: 'Never waits for Attio',
    words: 'What you change shows at once, and reaches Attio by itself.',
  },
  {
    icon: 'calendar',
    title: 'Your day',
    words: 'Overdue and Today follow your time zone.',
  },
  {
    icon: 'lock',
    title: 'Access you can revoke',
    words: 'Disconnect, and Taskr revokes its token and deletes its copy.',
  },
] as const
