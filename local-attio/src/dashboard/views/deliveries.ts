// The outcomes of a webhook's latest deliveries.
import { html } from 'hono/html'
import type { Html } from '../../pages/layout.ts'
import { moment, momentInWords } from '../../pages/moments.ts'
import type { Delivery } from '../../world/webhooks.ts'

const shown = 5

export function deliveryList(deliveries: readonly Delivery[]): Html {
  if (deliveries.length === 0) return html`<p class="hint">Nothing was sent yet.</p>`
  const latest = deliveries.slice(-shown).toReversed()
  return html`<h4 class="label">Latest deliveries</h4>
    <ul class="things">
      ${latest.map(
        (delivery) =>
          html`<li>
            <span class="what">${delivery.eventType}<small>${fate(delivery)}</small></span>
            <small>${moment(delivery.createdAt)}</small>
          </li>`,
      )}
    </ul>`
}

function fate({ status, attempts, nextAttemptAt }: Delivery): string {
  const tries = attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`
  const last = attempts.at(-1)
  const answer = last ? `, ${last.status === null ? last.problem : `answered ${last.status}`}` : ''
  const next = nextAttemptAt === null ? '' : `, next ${momentInWords(nextAttemptAt)}`
  return `${status} after ${tries}${answer}${next}`
}
