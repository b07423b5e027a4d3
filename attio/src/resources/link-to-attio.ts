// Checks links in Attio's answers: people see them, so they may lead only to Attio.

/**
 * Returns the link when it leads to a page of Attio: https on attio.com or a subdomain, or the
 * configured origin of Attio's pages. Null for another host or scheme, for a link with userinfo, and for a link that no
 * address bar would take.
 */
export function linkToAttio(link: string | null, app: string): string | null {
  if (link === null || link.length > longestLink) return null
  const url = URL.canParse(link) ? new URL(link) : undefined
  if (url === undefined || url.username !== '' || url.password !== '') return null
  if (url.origin === app) return url.href
  const isAttio =
    url.protocol === 'https:' && url.port === '' && /(^|\.)attio\.com$/.test(url.hostname)
  return isAttio ? url.href : null
}

/** Parsing a link of megabytes would take long. */
const longestLink = 8_192
