// What a view returns. Every view is made of these tagged templates, which escape what is put into them;
// every attribute value is quoted, so that escaping is enough.
import { html as template } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** Sent without the indents of the source: in a list they come again with every row. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  return template(withoutIndents(strings), ...values)
}

// The strings of a template are the same object each time.
const known = new WeakMap<TemplateStringsArray, TemplateStringsArray>()

function withoutIndents(strings: TemplateStringsArray): TemplateStringsArray {
  const before = known.get(strings)
  if (before !== undefined) return before
  const lines = strings.map((text) =>
    text.replaceAll(/\s*\n\s*(?=>)/g, '').replaceAll(/\s*\n\s*/g, '\n'),
  )
  const made = Object.assign(lines, { raw: strings.raw })
  known.set(strings, made)
  return made
}
