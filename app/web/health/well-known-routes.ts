// Well-known addresses: where to report a vulnerability (RFC 9116), and where to change a password (W3C).
import { Hono } from 'hono'
import { paths } from '../addresses.ts'
import type { WebEnv, WebParts } from '../web-parts.ts'

/** RFC 9116 §2.5.5 recommends less than a year. */
const validForMs = 180 * 24 * 3_600_000
const dayMs = 24 * 3_600_000

export function wellKnownRoutes({ clock, site }: Pick<WebParts, 'clock' | 'site'>) {
  return new Hono<WebEnv>()
    .get(paths.securityText, (context) => {
      const today = Math.floor(clock.now() / dayMs) * dayMs
      const lines = [
        `Contact: ${site.securityContact}`,
        `Expires: ${new Date(today + validForMs).toISOString()}`,
        'Preferred-Languages: en',
        `Canonical: ${site.publicUrl.origin}${paths.securityText}`,
      ]
      return context.text(`${lines.join('\n')}\n`)
    })
    .get(paths.passwordChange, (context) => context.redirect(paths.settings, 303))
}
