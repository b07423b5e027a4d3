// Renders an instant: in words, with `datetime` for machines and the full date in the title.
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

/** Renders an instant within a sentence: "at 09:41". */
export function atMoment(instant: number, reader: PageReader): Html {
  return timeElement(instant, reader, atMomentInWords(instant, reader))
}

/** Renders how long ago an instant was: "2 min ago". */
export function ago(instant: number, reader: PageReader): Html {
  return timeElement(instant, reader, agoInWords(instant, reader))
}

/** Renders an instant with the given words. */
export function timeElement(instant: number, reader: PageReader, words: string): Html {
  return html`<time datetime="${isoInstant(instant)}" title="${instantInFull(instant, reader)}"
    >${words}</time
  >`
}
