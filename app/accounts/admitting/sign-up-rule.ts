// Who may sign up: the operator's TASKR_SIGN_UP and TASKR_SIGN_UP_DOMAINS.

import { domainToASCII } from 'node:url'

export type SignUpRule = {
  /** `invited`: with an invitation to a seat, or an operator's link. `closed`: with an operator's link only. */
  readonly mode: 'open' | 'invited' | 'closed'
  /** The only domains whose addresses may sign up, once they are verified; empty for any, and for no address at all. */
  readonly domains: readonly string[]
}

export const openSignUp: SignUpRule = { mode: 'open', domains: [] }

/** Returns a domain as mail servers compare it; undefined for text that is none. */
export function readDomain(text: string): string | undefined {
  const domain = domainToASCII(text.trim().toLowerCase())
  return /^[a-z\d](?:[a-z\d.-]*[a-z\d])?\.[a-z\d-]*[a-z][a-z\d-]*$/.test(domain)
    ? domain
    : undefined
}

/** True for an address of one of the domains, but not of a subdomain; for any address when the rule names no domain. */
export function isOfDomains({ domains }: SignUpRule, emailAddress: string): boolean {
  if (domains.length === 0) return true
  const at = emailAddress.lastIndexOf('@')
  const domain = at < 1 ? undefined : readDomain(emailAddress.slice(at + 1))
  return domain !== undefined && domains.includes(domain)
}
