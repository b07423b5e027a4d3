// The variables that a request carries to its handler.
import type { Context } from 'hono'
import type { Session } from '../accounts/accounts.ts'

export interface Site {
  readonly publicUrl: URL
  /** The origin of Attio's consent page. */
  readonly attioOrigin: string
  /** The origin of the identity provider, when there is one. */
  readonly signOnOrigin?: string | undefined
  /** The number of proxies in front that append to X-Forwarded-For. */
  readonly trustedProxies: number
  /** True when strict transport security also covers subdomains. */
  readonly hstsIncludesSubDomains: boolean
  /** Where to report a vulnerability: a mailto: or https: address. */
  readonly securityContact: string
}

/** A request whose session is being read already. */
export interface BegunRequest {
  readonly startedAt: number
  readonly session: Promise<Session | undefined>
}

export interface WebEnv {
  Variables: {
    requestId: string
    session: Session | undefined
    /** When signed in: the version of the account's pages, read before the handler ran. */
    asOf: string
  }
  Bindings: {
    /** Set by the server, from the socket. */
    readonly remoteAddress?: string
    /** Set when a kept page was looked for and not found. */
    readonly begun?: BegunRequest
  }
}

export type WebContext = Context<WebEnv>
