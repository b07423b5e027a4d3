// Checks where a person may be sent after signing in: one of our own pages, never another host.
const base = 'https://taskr.invalid'

/** The path and query, or undefined when the text is not plainly an address of ours. */
export function safeReturnTo(text: string | undefined): string | undefined {
  if (text === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return undefined
  const url = URL.parse(text, base)
  if (url === null || url.origin !== base) return undefined
  const address = url.pathname + url.search
  // `/.//evil.example` becomes `//evil.example`, another host.
  return /^\/[/\\]/.test(address) || address.includes('\\') ? undefined : address
}
