// The tagged template that every view is made of. It escapes inserted values, and every attribute value is quoted, so
// that escaping is enough. A list calls it some thousand times, so it does no more than join text.
import { raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Html = HtmlEscapedString

/**
 * Escapes text and inserts numbers, HTML and lists of these; nothing stands for undefined, null and booleans. Removes the
 * indents of the source, which a list would repeat with every row.
 */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  const parts = withoutIndents(strings)
  let text = parts[0] ?? ''
  let at = 0
  for (const value of values) {
    at += 1
    text += inHtml(value) + (parts[at] ?? '')
  }
  return raw(text)
}

function inHtml(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return escaped(value)
    case 'number':
      return String(value)
    case 'undefined':
    case 'boolean':
      return ''
    case 'object':
      return value === null ? '' : joined(value)
    default:
      throw new TypeError('HTML cannot show this value.')
  }
}

function joined(value: unknown): string {
  if (Array.isArray(value)) {
    let text = ''
    for (const item of value) text += inHtml(item)
    return text
  }
  if (isHtml(value)) return value.toString()
  throw new TypeError('HTML cannot show this value.')
}

/** Only `raw` makes such an object. */
function isHtml(value: unknown): value is Html {
  return typeof value === 'object' && value !== null && 'isEscaped' in value
}

const special = /[&<>"']/
const specials = /[&<>"']/g
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return special.test(text)
    ? text.replaceAll(specials, (character) => references[character] ?? '')
    : text
}

// A template's strings are the same object on each call, so the result can be cached.
const known = new WeakMap<TemplateStringsArray, readonly string[]>()

function withoutIndents(strings: TemplateStringsArray): readonly string[] {
  const before = known.get(strings)
  if (before !== undefined) return before
  const made = strings.map((text) =>
    text.replaceAll(/\s*\n\s*(?=>)/g, '').replaceAll(/\s*\n\s*/g, '\n'),
  )
  known.set(strings, made)
  return made
}
