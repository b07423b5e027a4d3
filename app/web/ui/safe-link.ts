// Validates a link from outside: https, or plain http on this machine (the local Attio). Anything else, such as
// `javascript:`, is not a link.
import { html, type Html } from './html.ts'

export function safeLink(address: string | null | undefined): string | undefined {
  if (address === null || address === undefined || !URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.protocol === 'https:') return url.href
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return url.protocol === 'http:' && isLocal ? url.href : undefined
}

/** Links to the people who run this server, at a mailto: or https: address. */
export function contactLink(contact: string): Html {
  const words = contact.replace(/^(?:mailto:|https:\/\/)/, '')
  return html`<a href="${contact}" rel="noopener noreferrer"><bdi>${words}</bdi></a>`
}
