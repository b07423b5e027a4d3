// Validates the page to return to after signing in: a page of Taskr, never another host.
const base = 'https://taskr.invalid'

/** Returns the path and query, or undefined when the text is not clearly a Taskr address. */
export function safeReturnTo(text: string | undefined): string | undefined {
  if (text === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return undefined
  const url = URL.parse(text, base)
  if (url === null || url.origin !== base) return undefined
  const address = url.pathname + url.search
  // `/.//evil.example` becomes `//evil.example`, another host.
  return /^\/[/\\]/.test(address) || address.includes('\\') ? undefined : address
}
