// Shows the time, with forms to change it.
import { html } from 'hono/html'
import { field, select } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import { moment } from '../../pages/moments.ts'
import { units } from '../clock-forms.ts'
import type { InspectorPage } from '../page.ts'

export function clockPanel({ parts: { clock }, advance, problems }: InspectorPage): Html {
  const { isFrozen } = clock
  return html`<section class="panel" aria-labelledby="clock">
    <h2 id="clock">
      Clock
      ${isFrozen ? html`<span class="badge">Frozen</span>` : html`<span class="badge" data-kind="good">Running</span>`}
    </h2>
    <p class="now">${moment(clock.now())}</p>
    <form method="post" action="/_control/forms/clock">
      <button type="submit" name="frozen" value="${isFrozen ? 'no' : 'yes'}">
        ${isFrozen ? 'Resume' : 'Freeze'}
      </button>
    </form>
    <form class="line" method="post" action="/_control/forms/clock/advance">
      ${field(
        {
          name: 'amount',
          label: 'Advance by',
          value: advance?.amount ?? '1',
          more: html`inputmode="numeric" maxlength="9"`,
        },
        problems,
      )}
      ${select({
        name: 'unit',
        label: 'Unit',
        value: advance?.unit ?? 'hours',
        choices: Object.keys(units).map((unit) => ({ value: unit, label: unit })),
      })}
      <button type="submit">Advance</button>
    </form>
  </section>`
}
