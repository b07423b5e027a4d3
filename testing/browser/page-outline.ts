// The shape of a page: the kinds of things on it, without what anybody wrote and without how many rows there are.
// Pages of one shape have the same findings, and are looked at once.

/** What a value says about how a thing looks or what it is; all others are somebody's words, ids or addresses. */
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
