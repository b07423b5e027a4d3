// The members that Attio derives from a value: the domain of an address, the parts of a name.
import type { Value } from '../world/records.ts'

type Content = Value['content']

/** Returns a member of a value that is text; empty for any other. */
export function idIn(content: Content, member: string): string {
  const id = content[member]
  return typeof id === 'string' ? id : ''
}

export function nameContent(firstName: string, lastName: string): Content {
  return {
    first_name: firstName,
    last_name: lastName,
    full_name: `${firstName} ${lastName}`.trim(),
  }
}

export function emailContent(address: string): Content {
  const normal = address.trim().toLowerCase()
  const [local = '', domain = ''] = normal.split('@', 2)
  return {
    original_email_address: address,
    email_address: normal,
    email_domain: domain,
    email_root_domain: rootDomain(domain),
    email_local_specifier: local,
  }
}

export function domainContent(domain: string): Content {
  const normal = domain.trim().toLowerCase()
  return { domain: normal, root_domain: rootDomain(normal) }
}

/** The common second-level suffixes of countries. Attio knows all of them. */
const longSuffix = /\.(?:ac|co|com|edu|gov|net|org)\.[a-z]{2}$/

/** "app.attio.com" → "attio.com", "www.bbc.co.uk" → "bbc.co.uk". */
export function rootDomain(domain: string): string {
  const labels = domain.split('.')
  return labels.slice(longSuffix.test(domain) ? -3 : -2).join('.')
}
