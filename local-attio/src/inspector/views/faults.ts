// The active faults, and a form to add a common one.
import { html } from 'hono/html'
import { field, select } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import type { Fault } from '../../faults/faults.ts'
import { answerInWords, commonFaults } from '../common-faults.ts'
import { methods } from '../fault-form.ts'
import type { InspectorPage } from '../page.ts'

export function faultsPanel(page: InspectorPage): Html {
  const active = page.parts.faults.list()
  return html`<section class="panel" aria-labelledby="faults">
    <h2 id="faults">Faults <span class="count">${active.length} in force</span></h2>
    <p>An app gets these instead of the real answer. The newest fault that matches applies.</p>
    ${
      active.length === 0
        ? ''
        : html`<ul class="things">
            ${active.map(
              ({ number, fault, met }) =>
                html`<li>
                  <span class="what"
                    ><strong>${answerInWords(fault.answer)}</strong
                    ><small>#${number}: ${whichInWords(fault)}; met ${met}</small></span
                  >
                  ${removal(String(number), `Remove fault #${number}`, 'Remove')}
                </li>`,
            )}
          </ul>`
    }
    ${active.length > 1 ? removal('all', 'Remove all faults', 'Remove all') : ''} ${addition(page)}
  </section>`
}

function addition({ faultForm: form, problems }: InspectorPage): Html {
  return html`<form class="rows" method="post" action="/_control/forms/faults">
    <div class="line">
      ${select(
        {
          name: 'kind',
          label: 'What happens',
          value: form.kind,
          isWide: true,
          choices: Object.entries(commonFaults).map(([value, { label }]) => ({ value, label })),
        },
        problems,
      )}
      ${select(
        {
          name: 'method',
          label: 'Method',
          value: form.method,
          choices: [
            { value: '', label: 'Any' },
            ...methods.map((method) => ({ value: method, label: method })),
          ],
        },
        problems,
      )}
      ${field({ name: 'path', label: 'Path (* for anything)', value: form.path }, problems)}
    </div>
    <div class="line">
      ${field(
        {
          name: 'count',
          label: 'How many times',
          value: form.count,
          isOptional: true,
          more: html`inputmode="numeric" placeholder="always"`,
        },
        problems,
      )}
      ${field(
        {
          name: 'seconds',
          label: 'For how many seconds',
          value: form.seconds,
          isOptional: true,
          more: html`inputmode="numeric" placeholder="for good"`,
        },
        problems,
      )}
      <button class="primary" type="submit">Add fault</button>
    </div>
  </form>`
}

function removal(number: string, name: string, label: string): Html {
  return html`<form method="post" action="/_control/forms/faults/removal">
    <input type="hidden" name="number" value="${number}" />
    <button class="quiet" type="submit" aria-label="${name}">${label}</button>
  </form>`
}

function whichInWords({ method, path, token, probability, count, ttlMs }: Fault): string {
  return [
    `${method ?? 'any method'} ${path ?? 'any path'}`,
    token === undefined ? '' : 'with one token',
    probability === undefined ? '' : `${Math.round(probability * 100)} % of them`,
    count === undefined ? '' : `at most ${count}`,
    ttlMs === undefined ? '' : `for ${ttlMs / 1000} s`,
  ]
    .filter((part) => part !== '')
    .join(', ')
}
