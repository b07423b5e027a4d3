// The frame of an operator's page: its title and the links between the three lists.
import { paths } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { appPage } from '../../ui/layout.ts'

export type OperatorList = 'accounts' | 'connections' | 'events'

export function operatorPage(
  frame: AppFrame,
  page: {
    readonly title: string
    readonly heading: Html | string
    readonly current: OperatorList | undefined
    readonly body: Html
  },
): Html {
  return appPage(frame, {
    title: page.title,
    current: { kind: 'operator' },
    body: html`<header class="view">
        <h1 dir="auto">${page.heading}</h1>
      </header>
      <nav class="tabs" aria-label="Operator">
        ${tab('accounts', paths.operator, 'Accounts', page.current)}
        ${tab('connections', paths.operatorConnections, 'Connections', page.current)}
        ${tab('events', paths.operatorEvents, 'Log', page.current)}
      </nav>
      ${page.body}`,
  })
}

function tab(
  list: OperatorList,
  href: string,
  label: string,
  current: OperatorList | undefined,
): Html {
  return html`<a href="${href}" ${list === current ? html`aria-current="page"` : ''}>${label}</a>`
}

/** Renders the link to the next page of a list. */
export function nextPage(href: string | undefined, what: string): Html {
  if (href === undefined) return html``
  return html`<nav class="pager" aria-label="Pages of ${what}">
    <a class="button" rel="next" href="${href}">Next</a>
  </nav>`
}
