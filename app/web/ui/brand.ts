// The Taskr name and logo, which link to the home page.
import { paths } from '../addresses.ts'
import { html, type Html } from './html.ts'
import { icon } from './icons.ts'

export function brand(): Html {
  return html`<a class="brand" href="${paths.home}"
    ><span class="mark">${icon('check')}</span>Taskr</a
  >`
}
