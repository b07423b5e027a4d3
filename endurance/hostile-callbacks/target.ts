// The target of attacks: an app that connects to Attio, and its Attio. Taskr is one and an app like the tutorial's is
// another; the attacks are the same for both.

export type Cookies = ReadonlyMap<string, string>

export interface Target {
  readonly origin: string
  readonly attioOrigin: string
  /** The path that Attio redirects browsers to. */
  readonly callback: string
  /** The path where a person who returned signed out continues after signing in. */
  readonly resume: string
  readonly sessionCookie: string
  /** Signs up in a browser with these cookies; resolves to its cookies afterwards. */
  readonly signUp: (username: string, cookies?: Cookies) => Promise<Cookies>
  /** Signs in from another browser; absent when the app allows one sign-in only. */
  readonly signInAgain?: (username: string) => Promise<Cookies>
  /** Resolves to a session ID that an attacker can know and plant in a victim's browser before sign-up. */
  readonly knownSessionId: () => Promise<string>
  /** Returns the request with which the app's own page begins connecting. */
  readonly beginning: (cookies: Cookies) => Request
  /** Approves at Attio; returns the address that Attio redirects to. */
  readonly approve: (authorizeUrl: string) => URL
  /** Sends a request to a node; rejects when it would have ended the app's process. */
  readonly send: (request: Request, node: number) => Promise<Response>
  /** Returns the token requests that Attio has received so far. */
  readonly tokenRequests: () => TokenRequests
  /** Resolves to every connection, as text that contains its owner, workspace and token. */
  readonly links: () => Promise<ReadonlySet<string>>
  readonly advance: (ms: number) => Promise<void>
  /** Resolves when no work is under way. */
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface TokenRequests {
  readonly sent: number
  readonly granted: number
}

export function cookieHeader(cookies: Cookies): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

/** Wraps an app's calls to Attio and counts the token requests. */
export function countTokenRequests(): {
  readonly seen: () => TokenRequests
  readonly between: (real: typeof globalThis.fetch) => typeof globalThis.fetch
} {
  let sent = 0
  let granted = 0
  return {
    seen: () => ({ sent, granted }),
    between: (real) => async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      if (url.pathname !== '/oauth/token') return await real(input, init)
      sent += 1
      const answer = await real(input, init)
      if (answer.ok) granted += 1
      return answer
    },
  }
}
