// A page between Taskr and a provider whose log-in page is not on its issuer's origin.
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'

export type ContinuePage = {
  readonly frame: PageFrame
  readonly label: string
  /** the provider's address, with the log-in that was begun */
  readonly address: string
}

export function continuePage({ address, frame, label }: ContinuePage): Html {
  return cardPage(frame, {
    title: `Continue to ${label}`,
    body: html`<div class="card">
      <h1>Continue to <bdi>${label}</bdi></h1>
      <p>You’ll log in there and come back.</p>
      <p class="actions">
        <a class="button primary grow" href="${address}" rel="noopener noreferrer" autofocus
          >Continue</a
        >
      </p>
    </div>`,
  })
}
