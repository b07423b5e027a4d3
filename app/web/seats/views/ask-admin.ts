// The page for a person who is not an admin in Attio: a message ready to be sent. It turns into the task list as soon as
// the admin has let them in.
import { connectAddress, paths } from '../../addresses.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'

export type AskAdminPage = {
  readonly frame: PageFrame & { readonly account: { readonly username: string } }
  /** where the admin connects the workspace */
  readonly link: string
}

/** How often the page looks whether the admin is done. */
const looksEveryMs = 5_000

export function askAdminPage({ frame, link }: AskAdminPage): Html {
  const message = [
    'Hi! I’d like to work with our Attio tasks in Taskr. An admin of our workspace has to connect it once.',
    `1. Open ${link}, sign up and connect Attio.`,
    `2. Under Connections → People, invite me, and send me the link. My username is ${frame.account.username}.`,
    'It takes about a minute.',
  ].join('\n')
  return cardPage(frame, {
    title: 'Ask an admin',
    refreshEveryMs: looksEveryMs,
    body: html`<div class="card">
      <h1>Ask an admin</h1>
      <p>Only an admin of your Attio workspace can connect it. Send them this:</p>
      <label class="visually-hidden" for="message">Message</label>
      <textarea id="message" rows="11" readonly>${message}</textarea>
      <p class="actions">
        <a class="button" href="${connectAddress()}">I’m an admin</a>
      </p>
      <p class="small">
        You’ll get a link to join. This page shows your tasks once you’re in;
        <a href="${paths.home}">check now</a>.
      </p>
    </div>`,
  })
}
