// Places in a page for HTML that is kept in UTF-8. Most rows of a list were shown before, and in a place they need not be
// joined to the page's text and encoded again.
import { raw } from 'hono/html'
import type { Html } from '../ui/html.ts'

/** Takes HTML in pieces, and returns the text that stands for it in the page. */
export type PutBytes = (pieces: readonly Uint8Array[]) => Html

export interface BytePlaces {
  readonly put: PutBytes
  /** The pieces of each place. */
  readonly lists: readonly (readonly Uint8Array[])[]
}

/** The key must be unguessable, so that no text of the page looks like a place. */
export function createBytePlaces(key: string): BytePlaces {
  const lists: (readonly Uint8Array[])[] = []
  return {
    lists,
    put: (pieces) => raw(`${key}${mark}${lists.push(pieces) - 1};`),
  }
}

/** Returns the pieces as text. */
export function htmlOf(pieces: readonly Uint8Array[]): Html {
  return raw(Buffer.concat(pieces).toString())
}

const mark = ' list '
const place = /^ list (\d+);/

/** Encodes a page in UTF-8. Returns what stands before, between and after its keys, with the pieces in their places. */
export function encodedSections(
  text: string,
  key: string,
  lists: BytePlaces['lists'],
): readonly Buffer[] {
  const [first = '', ...others] = text.split(key)
  let section: Uint8Array[] = [Buffer.from(first)]
  const sections = [section]
  for (const part of others) {
    const [found = '', at] = place.exec(part) ?? []
    const list = at === undefined ? undefined : lists[Number(at)]
    if (list === undefined) {
      section = [Buffer.from(part)]
      sections.push(section)
    } else section.push(...list, Buffer.from(part.slice(found.length)))
  }
  return sections.map((pieces) => Buffer.concat(pieces))
}
