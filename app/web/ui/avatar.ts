// A member's initials on their own colour. Assistive technology reads the full name.
import { personHue } from './hue.ts'
import { html, type Html } from './html.ts'

export function avatar(
  member: { readonly name: string },
  /** true beside the name, which the initials only repeat */
  as: 'name' | 'decoration' = 'name',
): Html {
  return html`<span
    class="who"
    ${as === 'decoration' ? html`aria-hidden="true"` : html`role="img" title="${member.name}"`}
    data-hue="${personHue(member.name)}"
    >${initialsOf(member.name)}</span
  >`
}

/** Returns the first letters of the first and last word: "Jo van Doe" → JD, "علي" → ع, "" → ?. */
export function initialsOf(name: string): string {
  // A name that two members share has an e-mail address behind it.
  const words = name
    .replace(/ \(\S+@\S+\)$/, '')
    .split(/\s+/u)
    .filter((word) => word !== '')
  const first = words[0]
  const last = words.length > 1 ? words.at(-1) : undefined
  if (first === undefined) return '?'
  return (firstLetter(first) + (last === undefined ? '' : firstLetter(last))).toUpperCase()
}

// Expensive to create, so one instance serves all rows.
const letters = new Intl.Segmenter('en')

// The next character could belong to this one, such as an accent or a joiner.
const plainLetter = /^[\w.(](?![^ -~])/

function firstLetter(word: string): string {
  if (plainLetter.test(word)) return word.charAt(0)
  const [segment] = letters.segment(word)
  return segment?.segment ?? ''
}
