// An instant on a page: words for people, `datetime` for machines, everything in the title.
import { html, type Html } from './html.ts'
import { instantInFull, isoInstant, momentInWords, type Reader } from './words.ts'

export function moment(instant: number, reader: Reader): Html {
  return html`<time datetime="${isoInstant(instant)}" title="${instantInFull(instant, reader)}"
    >${momentInWords(instant, reader)}</time
  >`
}
