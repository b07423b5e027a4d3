// What a request carries on its way to its handler.
import type { Context } from 'hono'
import type { Session } from '../accounts/accounts.ts'

export interface Site {
  readonly publicUrl: URL
  /** The origin of Attio's consent page. */
  readonly attioOrigin: string
  /** How many proxies in front append to X-Forwarded-For. */
  readonly trustedProxies: number
  /** True when strict transport security covers the hosts below this one as well. */
  readonly hstsIncludesSubDomains: boolean
  /** Where to report a weakness: a mailto: or https: address. */
  readonly securityContact: string
}

export interface WebEnv {
  Variables: {
    requestId: string
    nonce: string
    session: Session | undefined
    /** When signed in: the live version read before the handler ran. */
    asOf: string
  }
  /** Set by the server, from the socket. */
  Bindings: { readonly remoteAddress?: string }
}

export type WebContext = Context<WebEnv>
