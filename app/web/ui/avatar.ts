// A member's initials on a colour of their own. The full name is what assistive technology hears.
import { hueOf } from './hue.ts'
import { html, type Html } from './html.ts'

export function avatar(
  member: { readonly id: string; readonly name: string },
  /** beside the name itself, initials say nothing more */
  as: 'name' | 'decoration' = 'name',
): Html {
  return html`<span
    class="who"
    ${as === 'decoration' ? html`aria-hidden="true"` : html`role="img" title="${member.name}"`}
    data-hue="${hueOf(member.id)}"
    >${initialsOf(member.name)}</span
  >`
}

/** First letters of the first and the last word: "Jo van Doe" → JD, "علي" → ع, "" → ?. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '')
  const first = words[0]
  const last = words.length > 1 ? words.at(-1) : undefined
  if (first === undefined) return '?'
  return (firstLetter(first) + (last === undefined ? '' : firstLetter(last))).toUpperCase()
}

// Costly to make, and the same for every row.
const letters = new Intl.Segmenter('en')

// What comes after it could belong to it: an accent, a joiner.
const plainLetter = /^[\w.(](?![^ -~])/

function firstLetter(word: string): string {
  if (plainLetter.test(word)) return word.charAt(0)
  const [segment] = letters.segment(word)
  return segment?.segment ?? ''
}
