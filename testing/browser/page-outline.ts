// Reduces a page to its shape: the kinds of elements on it, without texts and without the number of rows. Pages of one
// shape have the same findings, so each shape is checked once.

/** Attributes whose values say how an element looks or what it is; other values are texts, IDs and addresses. */
const telling =
  /^(class|type|role|open|hidden|disabled|rel|autocomplete|inputmode|data-[a-z]+|aria-[a-z]+)$/
const words =
  /^(aria-label|aria-describedby|aria-labelledby|aria-controls|data-hue|data-live|data-refresh[a-z]*)$/

export function shapeOfPage(html: string): string {
  const tags = html.match(/<[a-z!/](?:"[^"]*"|[^">])*>/gi) ?? []
  return [...new Set(tags.map(shapeOfTag))].toSorted().join('')
}

function shapeOfTag(tag: string): string {
  return tag
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/([\w-]+)="[^"]*"/g, (whole, name: string) =>
      telling.test(name) && !words.test(name) ? whole : name,
    )
}
