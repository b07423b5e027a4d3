// The page after connecting failed: the reason, and the next step.
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'
import { explain, type Refusal } from './refusals.ts'

export type RefusedPage = { readonly frame: PageFrame; readonly refusal: Refusal }

export function refusedPage({ frame, refusal }: RefusedPage): Html {
  const { title, words, step, otherwise } = explain(refusal, frame.now)
  return cardPage(frame, {
    title,
    body: html`<div class="card" data-refusal="${refusal.kind}">
      <h1>${title}</h1>
      ${words}
      <p class="actions">
        <a class="button primary grow" href="${step.address}">${step.label}</a>
        ${
          otherwise === undefined
            ? ''
            : html`<a class="button" href="${otherwise.address}">${otherwise.label}</a>`
        }
      </p>
    </div>`,
  })
}
