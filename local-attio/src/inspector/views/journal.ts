// The journal: a line per exchange that expands to its headers and bodies. Secrets are masked.
import { html } from 'hono/html'
import { field, select } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import { methods } from '../fault-form.ts'
import { exchangesOfApps } from '../../journal/app-exchanges.ts'
import type { JournalQuery } from '../../journal/journal.ts'
import { exchangeItem } from './exchange.ts'
import type { InspectorPage } from '../page.ts'

const pageSize = 50

export function journalPanel({ parts, query, before, hasPages }: InspectorPage): Html {
  const all = parts.journal.entries(query)
  const fitting = (hasPages ? all : exchangesOfApps(all)).filter(
    ({ number }) => !(number >= before),
  )
  const shown = fitting.slice(-pageSize).toReversed()
  const last = shown.at(-1)
  return html`<section class="panel" aria-labelledby="journal">
    <h2 id="journal">Journal <span class="count">${fitting.length} exchanges</span></h2>
    ${filters(query, hasPages)}
    ${
      shown.length === 0
        ? html`<p class="empty">No requests match.</p>`
        : html`<ul class="exchanges">
            ${shown.map((entry) => exchangeItem(parts, entry))}
          </ul>`
    }
    <div class="actions">
      ${
        last && fitting.length > pageSize
          ? html`<a class="button" href="${olderAddress(query, hasPages, last.number)}">Older</a>`
          : ''
      }
      <form method="post" action="/_control/forms/journal/clearing">
        <button type="submit">Clear the journal</button>
      </form>
    </div>
  </section>`
}

function filters(query: JournalQuery, hasPages: boolean): Html {
  return html`<form class="line" method="get" action="/_control">
    ${select({
      id: 'journal-method',
      name: 'method',
      label: 'Method',
      value: query.method ?? '',
      choices: [
        { value: '', label: 'Any' },
        ...methods.map((method) => ({ value: method, label: method })),
      ],
    })}
    ${field({
      id: 'journal-path',
      name: 'path',
      label: 'Path (* for anything)',
      value: query.path ?? '',
      isOptional: true,
      isWide: true,
      more: html`placeholder="/v2/*"`,
    })}
    ${field({
      id: 'journal-operation',
      name: 'operation',
      label: 'Operation',
      value: query.operation ?? '',
      isOptional: true,
      more: html`placeholder="tasks.list"`,
    })}
    <label class="box"
      ><input type="checkbox" name="pages" value="yes" ${hasPages ? 'checked' : ''} />Include these
      pages</label
    >
    <button type="submit">Show</button>
  </form>`
}

function olderAddress(query: JournalQuery, hasPages: boolean, before: number): string {
  const more = { ...(hasPages && { pages: 'yes' }), before: String(before) }
  return `/_control?${new URLSearchParams({ ...query, ...more })}#journal`
}
