// The landing page for visitors who are signed out.
import { paths } from '../../addresses.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { cardPage } from '../../ui/layout.ts'
import { picture } from './picture.ts'

export type WelcomePage = { readonly frame: PageFrame }

export function welcomePage({ frame }: WelcomePage): Html {
  return cardPage(frame, {
    title: 'Your Attio tasks in one list',
    wide: true,
    body: html`<section class="hero">
        <h1>Every Attio task.<br />One calm list.</h1>
        <p class="lead">
          Your tasks from every Attio workspace: overdue first, then today, then the rest.
        </p>
        <div class="actions">
          <a class="button primary" href="${paths.signUp}">Sign up</a>
          <a class="button" href="${paths.logIn}">Log in</a>
        </div>
        <p class="aside">
          Takes about a minute. An admin of your Attio workspace connects it once.
        </p>
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
      </section>`,
  })
}

const reasons = [
  {
    icon: 'inbox',
    title: 'All your workspaces',
    words: 'Two clients, three teams, one list.',
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
