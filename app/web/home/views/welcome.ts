// What somebody sees who is not signed in: what Taskr is, a picture of it, and the way in.
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
          Taskr gathers your tasks from every Attio workspace you work in and puts first what is
          late, then what is today, then what can wait.
        </p>
        <div class="actions">
          <a class="button primary" href="${paths.signUp}">Sign up</a>
          <a class="button" href="${paths.logIn}">Log in</a>
        </div>
        <p class="aside">
          A username and a password, then Attio asks whether Taskr may see your tasks. That is all.
        </p>
      </section>
      ${picture(frame.now)}
      <section class="reasons" aria-labelledby="reasons">
        <h2 id="reasons">What you can count on</h2>
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
    title: 'All your workspaces, together',
    words: 'Two clients, three teams, one list. Every row says which workspace it comes from.',
  },
  {
    icon: 'calendar',
    title: 'Your day, where you are',
    words: 'Overdue and today follow your own time zone, not that of a server far away.',
  },
  {
    icon: 'lock',
    title: 'A key you can take back',
    words:
      'Access is encrypted for each connection. Disconnect, and Taskr revokes it at Attio and forgets its copy.',
  },
] as const
