// An instant on a page: words for people, `datetime` for machines, the full date in the title.
import { html, type Html } from './html.ts'
import {
  agoInWords,
  atMomentInWords,
  instantInFull,
  isoInstant,
  momentInWords,
  type PageReader,
} from './words.ts'

export function moment(instant: number, reader: PageReader): Html {
  return timeElement(instant, reader, momentInWords(instant, reader))
}

/** The same inside a sentence: "at 09:41". */
export function atMoment(instant: number, reader: PageReader): Html {
  return timeElement(instant, reader, atMomentInWords(instant, reader))
}

/** "2 min ago" */
export function ago(instant: number, reader: PageReader): Html {
  return timeElement(instant, reader, agoInWords(instant, reader))
}

/** Words of any kind that stand for an instant. */
export function timeElement(instant: number, reader: PageReader, words: string): Html {
  return html`<time datetime="${isoInstant(instant)}" title="${instantInFull(instant, reader)}"
    >${words}</time
  >`
}
