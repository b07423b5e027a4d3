// Attio's addresses. An app that uses a stand-in passes other origins; every address is built here.

export interface AttioEndpoints {
  /** Origin of the consent page and the token endpoints. */
  readonly app: string
  /** Origin of the REST API, without `/v2`. */
  readonly api: string
}

/** The real Attio. */
export const attioEndpoints: AttioEndpoints = {
  app: 'https://app.attio.com',
  api: 'https://api.attio.com',
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/**
 * Checks both origins: https, or http on a loopback host, and only scheme, host and port. Throws a
 * TypeError at start, because a token sent anywhere else could be intercepted.
 */
export function checkEndpoints(endpoints: AttioEndpoints): AttioEndpoints {
  return { app: checkOrigin('app', endpoints.app), api: checkOrigin('api', endpoints.api) }
}

function checkOrigin(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.pathname !== '/' || url.search + url.hash + url.username !== '') {
    throw new TypeError(`endpoints.${name} must be an origin such as https://${name}.attio.com`)
  }
  const isHttps = url.protocol === 'https:'
  if (!isHttps && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new TypeError(`endpoints.${name} must be https (http only on a loopback host)`)
  }
  return url.origin
}

export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  )
}

/**
 * Returns the address of the path segments under `origin`, each encoded. Empty and dot segments are
 * refused: `/v2/tasks/..` would be another resource.
 */
export function addressOf(origin: string, segments: readonly string[], query: Query = {}): URL {
  for (const segment of segments) {
    if (segment === '' || segment === '.' || segment === '..') {
      throw new TypeError('an id or slug must not be empty or made of dots')
    }
  }
  const url = new URL(`${origin}/${segments.map(encodeURIComponent).join('/')}`)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url
}
