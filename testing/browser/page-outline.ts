// Reduces a page to the kinds of elements on it, without texts and without the number of rows. A check that found nothing
// on a kind of element in a kind of place finds nothing on the next one, so it can be left out.

/** Attributes whose values say how an element looks or what it is; other values are texts, IDs and addresses. */
const telling =
  /^(class|type|role|open|hidden|disabled|rel|autocomplete|inputmode|data-[a-z]+|aria-[a-z]+)$/
const words =
  /^(aria-label|aria-describedby|aria-labelledby|aria-controls|aria-keyshortcuts|data-hue|data-key|data-live|data-refresh[a-z]*)$/
/** A state or another name; an ID, a day or an address is more than that. */
const name = /^[a-z-]*$/

const withoutEndTag = /^<(?:!|area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)/i

/** Returns the kinds of elements of a page in which every element has its end tag, each with the kind of its parent. */
export function kindsOfElements(html: string): ReadonlySet<string> {
  const kinds = new Set<string>()
  const parents: string[] = []
  for (const [tag] of html.matchAll(/<[a-z!/][^">]*(?:"[^"]*"[^">]*)*>/gi)) {
    if (tag.startsWith('</')) {
      parents.pop()
      continue
    }
    const kind = kindOfTag(tag)
    kinds.add(`${parents.at(-1) ?? ''}${kind}`)
    if (!withoutEndTag.test(tag)) parents.push(kind)
  }
  return kinds
}

function kindOfTag(tag: string): string {
  return tag
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/([\w-]+)="([^"]*)"/g, (whole, attribute: string, value: string) =>
      isTelling(attribute, value) ? whole : attribute,
    )
}

function isTelling(attribute: string, value: string): boolean {
  if (!telling.test(attribute) || words.test(attribute)) return false
  return !attribute.startsWith('data-') || name.test(value)
}
