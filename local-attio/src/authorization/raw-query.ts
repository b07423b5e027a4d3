// A query string with its spelling kept, because `state` goes back byte for byte.

export type RawQuery = {
  /** With its question mark, or empty. */
  readonly text: string
  /** The decoded value of a parameter that is there exactly once and not empty. */
  get(name: string): string | undefined
  /** The same, as it was spelt. */
  raw(name: string): string | undefined
  /** Parameters that are there more than once. */
  readonly duplicates: readonly string[]
}

export function parseRawQuery(text: string): RawQuery {
  const values = new Map<string, string[]>()
  for (const pair of text.replace(/^\?/, '').split('&')) {
    if (pair === '') continue
    const [name = '', ...rest] = pair.split('=')
    const key = decode(name)
    const value = rest.join('=')
    const known = values.get(key)
    if (known) known.push(value)
    else values.set(key, [value])
  }
  const raw = (name: string): string | undefined => {
    const all = values.get(name)
    return all?.length === 1 && all[0] !== '' ? all[0] : undefined
  }
  return {
    text,
    raw,
    get: (name) => {
      const value = raw(name)
      return value === undefined ? undefined : decode(value)
    },
    duplicates: Array.from(values).flatMap(([name, all]) => (all.length > 1 ? [name] : [])),
  }
}

/** As forms decode: "+" is a space, and bytes that are not UTF-8 become replacement characters. */
function decode(text: string): string {
  return new URLSearchParams(`_=${text.replaceAll('&', '%26')}`).get('_') ?? ''
}
