// The security headers of every response. A page may run only Taskr's script, may turn text into HTML only through that
// script's Trusted Types policy, and may not be framed or cached.
import { createMiddleware } from 'hono/factory'
import type { RandomBytes } from '../../support/random.ts'
import type { Site, WebEnv } from '../web-parts.ts'

const nonceBytes = 16
const twoYears = 63_072_000

export function secureHeaders(site: Site, randomBytes: RandomBytes) {
  return createMiddleware<WebEnv>(async (context, next) => {
    const nonce = Buffer.from(randomBytes(nonceBytes)).toString('base64url')
    context.set('nonce', nonce)
    await next()
    const { headers } = context.res
    headers.set('content-security-policy', policy(site, nonce))
    headers.set('x-content-type-options', 'nosniff')
    headers.set('cross-origin-opener-policy', 'same-origin')
    headers.set('cross-origin-resource-policy', 'same-origin')
    headers.set(
      'permissions-policy',
      'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    )
    headers.set('x-frame-options', 'DENY')
    if (!headers.has('referrer-policy')) headers.set('referrer-policy', 'same-origin')
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
    // An asset is the same for everyone, so one copy in a shared cache is enough.
    if (!isImmutable(headers)) headers.append('vary', 'Cookie, Sec-Fetch-Site, Origin')
    if (site.publicUrl.protocol === 'https:') {
      headers.set('strict-transport-security', strictTransport(site))
    }
  })
}

function isImmutable(headers: Headers): boolean {
  return headers.get('cache-control')?.includes('immutable') === true
}

/** Subdomains are covered only on request, since the operator's other hosts may lack https. */
function strictTransport({ hstsIncludesSubDomains }: Site): string {
  return `max-age=${twoYears}${hstsIncludesSubDomains ? '; includeSubDomains' : ''}`
}

/** A form that redirects to Attio needs Attio's origin in form-action, because browsers also check redirects. */
function policy(site: Site, nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self'`,
    `img-src 'self'`,
    `connect-src 'self'`,
    `form-action 'self' ${site.attioOrigin}`,
    `base-uri 'none'`,
    `object-src 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types taskr`,
  ].join('; ')
}
