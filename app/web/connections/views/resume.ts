// The page after a person returned from Attio signed out and then logged in: one button finishes connecting.
import { paths } from '../../addresses.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'

export type ResumePage = {
  readonly frame: PageFrame & { readonly account: { readonly username: string } }
}

export function resumePage({ frame }: ResumePage): Html {
  return cardPage(frame, {
    title: 'Finish connecting',
    body: html`<div class="card">
      <h1>Finish connecting</h1>
      <p>
        You approved Taskr at Attio, but your session had ended. You’re signed in as
        <strong><bdi>${frame.account.username}</bdi></strong
        >. Connect this account?
      </p>
      <form class="actions" method="post" action="${paths.resume}">
        <button class="primary grow" type="submit">Finish connecting</button>
        <a class="button" href="${paths.home}">Not now</a>
      </form>
    </div>`,
  })
}
