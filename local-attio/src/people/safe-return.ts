// Returns the address to open after signing in, which is always one of this server.

const here = 'http://here.invalid'

export function safeReturn(address: string | undefined): string {
  if (address === undefined || !address.startsWith('/')) return '/'
  const url = URL.parse(address, here)
  if (url?.origin !== here) return '/'
  // "/.//evil.example" normalises to "//evil.example", which is another host.
  return /^\/[/\\]/.test(url.pathname) ? '/' : `${url.pathname}${url.search}`
}
