// The page that links an account to the identity provider, after its password was given.
import { paths } from '../../addresses.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'

export type LinkAccountPage = {
  readonly frame: PageFrame
  readonly label: string
  /** the address that the provider has verified */
  readonly emailAddress: string
  readonly username: string
}

export function linkAccountPage({ emailAddress, frame, label, username }: LinkAccountPage): Html {
  return cardPage(frame, {
    title: `Link ${label}`,
    body: html`<div class="card">
      <h1>Link <bdi>${label}</bdi></h1>
      <p>
        Log in to <strong><bdi>${username}</bdi></strong> with <bdi>${label}</bdi> from now on, as
        <bdi>${emailAddress}</bdi>.
      </p>
      <form class="actions" method="post" action="${paths.signOnLink}">
        <button class="primary grow" type="submit">Link</button>
        <a class="button" href="${paths.home}">Not now</a>
      </form>
    </div>`,
  })
}
