// What can be attacked: an app that connects to Attio, with the Attio that witnesses it. Taskr is one, the tutorial's
// behaviour another; the generator does not know which one it has before it.

export type Cookies = ReadonlyMap<string, string>

export interface Target {
  readonly origin: string
  readonly attioOrigin: string
  /** Where Attio sends browsers back to. */
  readonly callback: string
  /** Where whoever came back signed out goes on after signing in. */
  readonly resume: string
  readonly sessionCookie: string
  /** Signs up in a browser that has these cookies; gives those that it has afterwards. */
  readonly signUp: (username: string, cookies?: Cookies) => Promise<Cookies>
  /** Absent where nobody can sign in twice. */
  readonly signInAgain?: (username: string) => Promise<Cookies>
  /** A session id that an attacker can know, and plant in somebody's browser before they sign up. */
  readonly knownSessionId: () => Promise<string>
  /** The request that begins connecting, as the app's own page sends it. */
  readonly beginning: (cookies: Cookies) => Request
  /** Approves at Attio: the address that Attio sends the browser back to. */
  readonly approve: (authorizeUrl: string) => URL
  /** Rejects where the app's process would have ended. */
  readonly send: (request: Request, node: number) => Promise<Response>
  /** What the Attio has seen so far. */
  readonly tokenRequests: () => TokenRequests
  /** Every connection there is, as text that changes with its owner, workspace and token. */
  readonly links: () => Promise<ReadonlySet<string>>
  readonly advance: (ms: number) => Promise<void>
  /** Resolves when nothing happens any more. */
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

/** Stands between an app and its Attio, and counts. */
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
