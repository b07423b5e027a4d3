// The tagged template that every view is made of. It escapes inserted values, and every attribute value is quoted, so
// that escaping is enough.
import { html as template } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** Removes the indents of the source, which a list would repeat with every row. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  return template(withoutIndents(strings), ...values)
}

// A template's strings are the same object on each call, so the result can be cached.
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
