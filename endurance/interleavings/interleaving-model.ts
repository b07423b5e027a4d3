// Predicts the outcome of a story from the rules, without Taskr's code. Only the account that began a connection can
// finish it, in the same session and browser, in time and once.
import type { PersonName, WorkspaceSlug } from './interleaving-steps.ts'

export interface Session {
  readonly person: PersonName
  isAlive: boolean
  /** Rises when the session gets a new cookie, as after confirming the password. */
  cookieVersion: number
  passwordConfirmedAt: number
}

export interface Jar {
  cookie: { readonly session: Session; readonly version: number } | undefined
  readonly tickets: Set<AuthorizationRequest>
}

export interface Connection {
  readonly person: PersonName
  readonly workspace: WorkspaceSlug
}

export interface AuthorizationRequest {
  readonly session: Session
  readonly reconnects: Connection | undefined
  readonly begunAt: number
  isOpen: boolean
  /** The callback that arrived while the browser was signed out. */
  kept: Callback | undefined
}

/** A redirect from Attio. */
export interface Callback {
  readonly request: AuthorizationRequest
  /** Undefined when the person pressed Deny. */
  readonly workspace: WorkspaceSlug | undefined
  readonly madeAt: number
}

/** A code that Taskr is exchanging to make a connection. */
export interface Finishing {
  readonly callback: Callback
  token: { readonly workspace: WorkspaceSlug; readonly receivedAt: number } | undefined
}

export interface Model {
  readonly connections: Connection[]
  readonly requests: AuthorizationRequest[]
  readonly sessionOf: (jar: Jar) => Session | undefined
  readonly logIn: (jar: Jar, person: PersonName, now: number) => void
  readonly logOut: (jar: Jar) => void
  readonly begin: (
    jar: Jar,
    reconnects: Connection | undefined,
    now: number,
  ) => AuthorizationRequest | undefined
  readonly receive: (jar: Jar, callback: Callback, now: number) => Finishing | undefined
  readonly resume: (jar: Jar, now: number) => Finishing | undefined
  /** Records that Attio exchanged the code for a token, unless the code had expired. */
  readonly exchange: (
    finishing: Finishing,
    at: { readonly sent: number; readonly received: number },
  ) => void
  /** True when the token was revoked because no request used it within ten minutes. */
  readonly isLost: (finishing: Finishing | undefined, now: number) => boolean
  /** Tries to make the connection; returns whether it was made. */
  readonly establish: (finishing: Finishing, now: number) => boolean
  /** Ends a connection if this person may; returns what happened. */
  readonly disconnect: (jar: Jar, connection: Connection, now: number) => Ending
}

export interface Ending {
  readonly isEnded: boolean
  /** Returns the new cookie that the browser gets with the answer. */
  readonly newCookie: Jar['cookie']
}

const tenMinutes = 10 * 60_000
const openPerPerson = 5

export function createModel(): Model {
  const connections: Connection[] = []
  const requests: AuthorizationRequest[] = []
  const isUsable = (request: AuthorizationRequest, now: number): boolean =>
    request.isOpen && now < request.begunAt + tenMinutes
  return {
    connections,
    requests,
    sessionOf,
    logIn: (jar, person, now) => {
      const session = { person, isAlive: true, cookieVersion: 0, passwordConfirmedAt: now }
      jar.cookie = { session, version: 0 }
    },
    logOut: (jar) => {
      const session = sessionOf(jar)
      if (session !== undefined) session.isAlive = false
      jar.cookie = undefined
    },
    begin: (jar, wanted, begunAt) => {
      const session = sessionOf(jar)
      if (session === undefined) return undefined
      const reconnects = wanted?.person === session.person ? wanted : undefined
      const request = { session, reconnects, begunAt, isOpen: true, kept: undefined }
      requests.push(request)
      jar.tickets.add(request)
      const open = requests.filter(
        (one) => isUsable(one, begunAt) && one.session.person === session.person,
      )
      for (const old of open.slice(0, -openPerPerson)) old.isOpen = false
      return request
    },
    receive: (jar, callback, now) => {
      const { request } = callback
      const session = sessionOf(jar)
      if (!isUsable(request, now) || !jar.tickets.has(request)) return undefined
      if (session === undefined) {
        if (callback.workspace !== undefined) request.kept ??= callback
        return undefined
      }
      if (request.session !== session || request.kept !== undefined) return undefined
      request.isOpen = false
      return callback.workspace === undefined ? undefined : { callback, token: undefined }
    },
    resume: (jar, now) => {
      const session = sessionOf(jar)
      const waiting = requests.find(
        (request) =>
          isUsable(request, now) &&
          request.kept !== undefined &&
          request.session.person === session?.person &&
          jar.tickets.has(request),
      )
      if (waiting?.kept === undefined) return undefined
      waiting.isOpen = false
      return { callback: waiting.kept, token: undefined }
    },
    exchange: (finishing, { sent, received }) => {
      const { workspace, madeAt } = finishing.callback
      if (workspace === undefined || sent >= madeAt + tenMinutes) return
      finishing.token = { workspace, receivedAt: received }
    },
    isLost,
    establish: (finishing, now) => {
      const { callback, token } = finishing
      const { request } = callback
      if (token === undefined || isLost(finishing, now)) return false
      const { reconnects, session } = request
      const isOther = reconnects !== undefined && reconnects.workspace !== token.workspace
      if (isOther && connections.includes(reconnects)) return false
      const isThere = connections.some(
        ({ person, workspace }) => person === session.person && workspace === token.workspace,
      )
      if (!isThere) connections.push({ person: session.person, workspace: token.workspace })
      return true
    },
    disconnect: (jar, connection, now) => {
      const session = sessionOf(jar)
      const at = connections.indexOf(connection)
      if (session === undefined || at < 0 || connection.person !== session.person) {
        return { isEnded: false, newCookie: undefined }
      }
      connections.splice(at, 1)
      if (now - session.passwordConfirmedAt <= tenMinutes) {
        return { isEnded: true, newCookie: undefined }
      }
      session.passwordConfirmedAt = now
      session.cookieVersion += 1
      return { isEnded: true, newCookie: { session, version: session.cookieVersion } }
    },
  }
}

function isLost(finishing: Finishing | undefined, now: number): boolean {
  const token = finishing?.token
  return token !== undefined && now >= token.receivedAt + tenMinutes
}

function sessionOf({ cookie }: Jar): Session | undefined {
  const { session, version } = cookie ?? {}
  return session?.isAlive === true && version === session.cookieVersion ? session : undefined
}
