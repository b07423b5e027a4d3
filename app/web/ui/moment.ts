// An instant on a page: words for people, `datetime` for machines, everything in the title.
import { html, type Html } from './html.ts'
import { atMomentInWords, instantInFull, isoInstant, momentInWords, type Reader } from './words.ts'

export function moment(instant: number, reader: Reader): Html {
  return timeElement(instant, reader, momentInWords(instant, reader))
}

/** The same inside a sentence: "at 09:41". */
export function atMoment(instant: number, reader: Reader): Html {
  return timeElement(instant, reader, atMomentInWords(instant, reader))
}

function timeElement(instant: number, reader: Reader, words: string): Html {
  return html`<time datetime="${isoInstant(instant)}" title="${instantInFull(instant, reader)}"
    >${words}</time
  >`
}
