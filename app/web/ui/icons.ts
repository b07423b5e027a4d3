// Taskr's icons, drawn with one stroke on a 16 by 16 grid in the colour of the surrounding text. They are decorative:
// text beside them always says what they mean. An icon shown many times is drawn once, on a hidden sheet, and
// referenced from each place.
import { html, type Html } from './html.ts'

export const icons = {
  alert: html`<path d="M8 2.2 14.2 13H1.8z" /><path d="M8 6.4v3M8 11.3v.1" />`,
  arrow: html`<path d="M2.5 8h10M9 4l4 4-4 4" />`,
  bell: html`<path d="M3.6 11.5h8.8L11.3 9.8V7a3.3 3.3 0 0 0-6.6 0v2.8z" /><path d="M7 13.7h2" />`,
  building: html`<rect x="3" y="2.5" width="10" height="11" rx="1.5" />
    <path d="M6 5.5h1M9 5.5h1M6 8h1M9 8h1M6.5 13.5V11h3v2.5" />`,
  calendar: html`<rect x="2.5" y="3" width="11" height="10.5" rx="2" />
    <path d="M2.5 6.3h11M5.5 1.7v2.6M10.5 1.7v2.6" />`,
  check: html`<path d="m3.5 8.5 3 3 6-6.5" />`,
  chevron: html`<path d="m6 3.5 4.5 4.5L6 12.5" />`,
  clock: html`<circle cx="8" cy="8" r="6" /><path d="M8 4.5V8l2.3 1.6" />`,
  close: html`<path d="m4 4 8 8M12 4l-8 8" />`,
  coin: html`<path
    d="M8 2.5v11M10.8 5c-.5-.9-1.5-1.4-2.8-1.4-1.6 0-2.8.8-2.8 2.1 0 3 5.8 1.5 5.8 4.5 0 1.4-1.3 2.3-3 2.3-1.5 0-2.6-.6-3.1-1.6"
  />`,
  cube: html`<path d="m8 2 5.2 3v6L8 14l-5.2-3V5z" /><path d="M2.8 5 8 8l5.2-3M8 8v6" />`,
  done: html`<circle cx="8" cy="8" r="6" /><path d="m5.4 8.2 1.8 1.8 3.5-3.8" />`,
  gear: html`<circle cx="8" cy="8" r="2.1" />
    <path
      d="M8 1.8v1.7M8 12.5v1.7M1.8 8h1.7M12.5 8h1.7M3.6 3.6l1.2 1.2M11.2 11.2l1.2 1.2M3.6 12.4l1.2-1.2M11.2 4.8l1.2-1.2"
    />`,
  inbox: html`<path d="M2.3 9.5 4.2 3.7h7.6l1.9 5.8v3H2.3z" />
    <path d="M2.3 9.5h3.2l.8 1.6h3.4l.8-1.6h3.2" />`,
  leave: html`<path d="M6.5 2.8h-3v10.4h3M6.5 8h7M10.7 5.2 13.5 8l-2.8 2.8" />`,
  lines: html`<path d="M3 4.5h10M3 8h10M3 11.5h6" />`,
  link: html`<path
    d="M6.8 9.2a2.7 2.7 0 0 0 3.9.1l2-2a2.7 2.7 0 0 0-3.9-3.9l-.9.9M9.2 6.8a2.7 2.7 0 0 0-3.9-.1l-2 2a2.7 2.7 0 0 0 3.9 3.9l.9-.9"
  />`,
  lock: html`<rect x="3" y="7" width="10" height="6.5" rx="1.5" /><path
      d="M5 7V5a3 3 0 0 1 6 0v2"
    />`,
  person: html`<circle cx="8" cy="5.4" r="2.6" />
    <path d="M3 13.2c.7-2.4 2.6-3.7 5-3.7s4.3 1.3 5 3.7" />`,
  plus: html`<path d="M8 3v10M3 8h10" />`,
  refresh: html`<path d="M13 8a5 5 0 1 1-1.5-3.6M13 2.5v2.6h-2.6" />`,
  search: html`<circle cx="7" cy="7" r="4.3" /><path d="m10.2 10.2 3.3 3.3" />`,
  team: html`<circle cx="6" cy="5.8" r="2.2" />
    <path
      d="M1.8 12.8c.6-2 2.2-3.1 4.2-3.1s3.6 1.1 4.2 3.1M10.4 3.8a2.2 2.2 0 0 1 0 4M12 9.9c1.2.5 2 1.5 2.4 2.9"
    />`,
} satisfies Record<string, Html>

export type IconName = keyof typeof icons

export function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${icons[name]}</svg>`
}

/** Renders an icon from the page's sheet. */
export function iconOf(name: IconName): Html {
  return html`<svg class="icon" aria-hidden="true"><use href="#icon-${name}" /></svg>`
}

export function iconSheet(names: readonly IconName[]): Html {
  return html`<svg class="icon-sheet" width="0" height="0" aria-hidden="true">
    ${names.map(
      (name) => html`<symbol id="icon-${name}" viewBox="0 0 16 16">${icons[name]}</symbol>`,
    )}
  </svg>`
}
