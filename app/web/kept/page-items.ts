// The items of a page, such as rows and workspaces: each holds texts of one workspace. Bytes are read as Latin-1, which keeps
// every byte, since only ASCII matters here.

/** Every view of a list shows what belongs to one workspace in one of these. */
const edges = /(?=<(?:li|option)\b|<div class="sync")|(?<=<\/(?:li|option)>)/

/** Returns the page in pieces: each item, and what stands between items. */
export function itemsIn(page: Uint8Array): readonly Buffer[] {
  return latin1Of(page)
    .split(edges)
    .map((item) => Buffer.from(item, 'latin1'))
}

/** These attributes hold words of Taskr's own only. */
const own = new Set(['aria-hidden', 'class', 'd', 'data-edit', 'name', 'role', 'type', 'viewBox'])
const blank = '\u00ff'

/**
 * Returns as many bytes, with only the markup: a byte that UTF-8 never has stands for each byte of a text or an
 * attribute's value. Views escape every text, so no text has a `<`, a `>` or a quote.
 */
export function withoutTexts(page: Uint8Array): Buffer {
  const markup = latin1Of(page).replaceAll(
    />[^<]+|([\w-]+)="([^"]*)"/g,
    (found, attribute?: string, value?: string) => {
      if (attribute === undefined) {
        return found.trim() === '>' ? found : `>${blank.repeat(found.length - 1)}`
      }
      return own.has(attribute) ? found : `${attribute}="${blank.repeat(value?.length ?? 0)}"`
    },
  )
  return Buffer.from(markup, 'latin1')
}

function latin1Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
