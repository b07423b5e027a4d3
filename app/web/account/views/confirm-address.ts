// The page behind the link that confirms an address. Opening it changes nothing: mail programs open links, too.
import { paths } from '../../addresses.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'
import { triesLater } from './tries-later.ts'

export type ConfirmAddressPage = {
  readonly frame: PageFrame
  readonly state:
    | {
        readonly kind: 'asked'
        readonly link: string
        readonly username: string
        readonly emailAddress: string
      }
    | { readonly kind: 'confirmed'; readonly emailAddress: string }
    | { readonly kind: 'expired' }
    | { readonly kind: 'too-many'; readonly retryAt: number }
}

export function confirmAddressPage({ frame, state }: ConfirmAddressPage): Html {
  const isProblem = state.kind === 'expired' || state.kind === 'too-many'
  return cardPage(frame, {
    title: isProblem ? 'Problem: Confirm address' : 'Confirm address',
    body: html`<div class="card">
      <h1>${state.kind === 'confirmed' ? 'Address confirmed' : 'Confirm address'}</h1>
      ${content(frame, state)}
    </div>`,
  })
}

function content(frame: PageFrame, state: ConfirmAddressPage['state']): Html {
  switch (state.kind) {
    case 'asked':
      return html`<p>
          Is <bdi>${state.emailAddress}</bdi> the address of the Taskr account
          <bdi>${state.username}</bdi>?
        </p>
        <form method="post" action="${paths.addressConfirmation}">
          <input type="hidden" name="link" value="${state.link}" />
          <div class="actions"><button class="primary grow" type="submit">Confirm</button></div>
        </form>`
    case 'confirmed':
      return html`<p>Taskr writes to <bdi>${state.emailAddress}</bdi> from now on.</p>
        <p class="switch"><a href="${paths.home}">Go to Taskr</a></p>`
    case 'expired':
      return html`<p>This link was used already, or it's too old.</p>
        <p class="switch"><a href="${paths.settings}">Get a new one in settings</a></p>`
    case 'too-many':
      return triesLater(state, frame.now)
  }
}
