// A browser without pages: keeps cookies by RFC 6265, sends the headers that a browser sends with its forms, and follows
// no redirect, so that a test sees every step.

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /** Path and query of a redirect within Taskr, the whole address otherwise. */
  readonly location: string | undefined
}

export interface Browser {
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>
  /** Sends a form from a page of Taskr's own. */
  readonly post: (
    path: string,
    fields?: Readonly<Record<string, string>> | string,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>
  readonly send: (request: Request) => Promise<Answer>
  /** Cookies by name; a test may add and read them. */
  readonly cookies: Map<string, string>
  /** The IP address by which Taskr counts limits. */
  address: string
}

type Fetch = (request: Request, address?: string) => Promise<Response>

let browsers = 0

export function createBrowser(fetch: Fetch, origin: string): Browser {
  const cookies = new Map<string, string>()
  browsers += 1
  const browser: Browser = {
    cookies,
    address: `10.0.${(browsers >> 8) & 255}.${browsers & 255}`,
    get: (path, headers = {}) =>
      browser.send(
        new Request(new URL(path, origin), {
          headers: { 'sec-fetch-site': 'none', 'user-agent': 'test', ...headers },
        }),
      ),
    post: (path, fields = {}, headers = {}) =>
      browser.send(
        new Request(new URL(path, origin), {
          method: 'POST',
          body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            'sec-fetch-site': 'same-origin',
            origin,
            'user-agent': 'test',
            ...headers,
          },
        }),
      ),
    send: async (request) => {
      if (cookies.size > 0 && !request.headers.has('cookie')) {
        request.headers.set(
          'cookie',
          [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        )
      }
      const response = await fetch(request, browser.address)
      for (const line of response.headers.getSetCookie()) keep(cookies, line)
      const location = response.headers.get('location')
      return {
        status: response.status,
        headers: response.headers,
        body: await response.text(),
        location: location?.startsWith(`${origin}/`)
          ? location.slice(origin.length)
          : (location ?? undefined),
      }
    },
  }
  return browser
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const at = pair.indexOf('=')
  const isGone = attributes.some((attribute) => /^max-age=(0|-.*)$/i.test(attribute))
  if (isGone) cookies.delete(pair.slice(0, at))
  else cookies.set(pair.slice(0, at), pair.slice(at + 1))
}
