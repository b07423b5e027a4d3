// Parses a query string and keeps the raw encoding, because `state` must be returned byte for byte.

export type RawQuery = {
  /** With its question mark, or empty. */
  readonly text: string
  /** Returns the decoded value of a parameter that occurs exactly once and is not empty. */
  get(name: string): string | undefined
  /** Returns the same value in its raw encoding. */
  raw(name: string): string | undefined
  /** Parameters that occur more than once. */
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

/** Decodes as forms do: "+" is a space, and invalid UTF-8 becomes replacement characters. */
function decode(text: string): string {
  return new URLSearchParams(`_=${text.replaceAll('&', '%26')}`).get('_') ?? ''
}
