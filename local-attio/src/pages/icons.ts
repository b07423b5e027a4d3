// The icons: one stroke, a 16 by 16 grid, the colour of the surrounding text. They are decorative: the
// words beside them carry the meaning.
import { html } from 'hono/html'
import type { Html } from './layout.ts'

const icons = {
  app: html`<rect x="2.5" y="2.5" width="11" height="11" rx="3" /><path d="M6 8h4M8 6v4" />`,
  building: html`<rect x="3" y="2.5" width="10" height="11" rx="1.5" /><path
      d="M6 5.5h1M9 5.5h1M6 8h1M9 8h1M6.5 13.5V11h3v2.5"
    />`,
  check: html`<path d="m3.5 8.5 3 3 6-6.5" />`,
  dials: html`<path d="M3 5h5M11 5h2M3 11h2M8 11h5" /><circle cx="9.5" cy="5" r="1.6" /><circle
      cx="6.5"
      cy="11"
      r="1.6"
    />`,
  home: html`<path d="M2.5 7.500 8 3l5.5 4.500M4 6.500v6.500h8V6.5" />`,
  person: html`<circle cx="8" cy="5.4" r="2.6" /><path
      d="M3 13.2c.7-2.4 2.6-3.7 5-3.7s4.3 1.3 5 3.7"
    />`,
  plus: html`<path d="M8 3v10M3 8h10" />`,
  record: html`<path d="m8 2 5.2 3v6L8 14l-5.2-3V5z" /><path d="M2.8 5 8 8l5.2-3M8 8v6" />`,
} satisfies Record<string, Html>

export type IconName = keyof typeof icons

export function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${icons[name]}</svg>`
}
