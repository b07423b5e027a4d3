// Where to go after signing in: an address of this server, whatever the form says.

const here = 'http://here.invalid'

export function safeReturn(address: string | undefined): string {
  if (address === undefined || !address.startsWith('/')) return '/'
  const url = URL.parse(address, here)
  if (url?.origin !== here) return '/'
  // "/.//evil.example" normalises to "//evil.example", which is another host.
  return /^\/[/\\]/.test(url.pathname) ? '/' : `${url.pathname}${url.search}`
}
