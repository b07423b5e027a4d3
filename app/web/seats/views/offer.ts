// The page after an admin connected a workspace that is connected here already: join it, or keep a connection of one's
// own.
import { paths } from '../../addresses.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'

export type OfferPage = {
  readonly frame: PageFrame
  readonly workspaceName: string
  /** who connected it, when the copy knows them */
  readonly ownerName?: string | undefined
  /** the person has a seat there already */
  readonly isIn: boolean
}

export function offerPage({ frame, isIn, ownerName, workspaceName }: OfferPage): Html {
  const name = html`<strong><bdi>${workspaceName}</bdi></strong>`
  return cardPage(frame, {
    title: `${workspaceName} is already connected here`,
    body: html`<div class="card">
      <h1 dir="auto">${workspaceName} is already connected here</h1>
      <p>
        ${ownerName === undefined ? '' : html`<bdi>${ownerName}</bdi> connected it.`}
        ${
          isIn
            ? html`You’re in ${name} already. Your new access goes back to Attio.`
            : html`Join it to work on everyone’s tasks there. Your new access goes back to Attio, so
              ${name} keeps one connection.`
        }
      </p>
      <form class="actions" method="post" action="${paths.offer}">
        <button class="primary grow" type="submit">
          ${isIn ? 'Back to my tasks' : html`<span>Join <bdi>${workspaceName}</bdi></span>`}
        </button>
      </form>
      <form class="actions" method="post" action="${paths.ownConnection}">
        <button type="submit">Keep my own connection</button>
      </form>
    </div>`,
  })
}
