// The security headers of every response. A page may run only Taskr's scripts, may turn text into HTML only through
// their Trusted Types policy, and may not be framed. They are the same for every response (decision 7).
import { createMiddleware } from 'hono/factory'
import type { Assets } from '../assets/assets.ts'
import type { Site, WebEnv } from '../web-parts.ts'

const twoYears = 63_072_000

/** Adds what is missing to the headers of a response. */
export type CompleteHeaders = (headers: Headers) => void

export function secureHeaders(complete: CompleteHeaders) {
  return createMiddleware<WebEnv>(async (context, next) => {
    await next()
    complete(context.res.headers)
  })
}

export function createSecureHeaders(
  site: Site,
  { addresses }: Pick<Assets, 'addresses'>,
): CompleteHeaders {
  const always = Object.entries({
    'content-security-policy': policy(site, [
      addresses.script,
      addresses.pagesScript,
      addresses.passkeyScript,
    ]),
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'x-frame-options': 'DENY',
    ...(site.publicUrl.protocol === 'https:'
      ? { 'strict-transport-security': strictTransport(site) }
      : {}),
  })
  return (headers) => {
    for (const [name, value] of always) headers.set(name, value)
    if (!headers.has('referrer-policy')) headers.set('referrer-policy', 'same-origin')
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
    // An asset is the same for everyone, so one copy in a shared cache is enough.
    if (!isImmutable(headers)) headers.append('vary', 'Cookie, Sec-Fetch-Site, Origin')
  }
}

function isImmutable(headers: Headers): boolean {
  return headers.get('cache-control')?.includes('immutable') === true
}

/** Subdomains are covered only on request, since the operator's other hosts may lack https. */
function strictTransport({ hstsIncludesSubDomains }: Site): string {
  return `max-age=${twoYears}${hstsIncludesSubDomains ? '; includeSubDomains' : ''}`
}

function isThere(text: string | undefined): text is string {
  return text !== undefined
}

/** A form that redirects elsewhere needs that origin in form-action, because browsers also check redirects. */
function policy(site: Site, scripts: readonly string[]): string {
  return [
    `default-src 'none'`,
    `script-src ${scripts.map((script) => new URL(script, site.publicUrl).href).join(' ')}`,
    `style-src 'self'`,
    `img-src 'self'`,
    `connect-src 'self'`,
    ['form-action', `'self'`, site.attioOrigin, site.signOnOrigin].filter(isThere).join(' '),
    `base-uri 'none'`,
    `object-src 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types taskr`,
  ].join('; ')
}
