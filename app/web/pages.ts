// Builds the frame of every page: the account, the assets, the toast and the counts of the navigation.
import type { Session } from '../accounts/accounts.ts'
import type { RandomBytes } from '../support/random.ts'
import { liveAddress, paths } from './addresses.ts'
import type { Cookies } from './cookies.ts'
import type { PageRequest, Pages } from './page-frames.ts'
import { shownToastHeader, takeToast } from './toast-cookie.ts'
import { SignInNeeded } from './problem.ts'
import { safeReturnTo } from './return-to.ts'
import type { FrameAccount } from './ui/frame.ts'
import type { WebContext } from './web-context.ts'
import type { WebParts } from './web-parts.ts'

const requestKeyBytes = 16
const minuteMs = 60_000

/** Returns the minute of a page: within one, a page that nothing changed stays the same. */
export function minuteOf(now: number): number {
  return Math.floor(now / minuteMs)
}

/** Returns an unguessable key for the forms of one page. */
export function createRequestKey(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(requestKeyBytes)).toString('base64url')
}

export function createPages(parts: WebParts, cookies: Cookies): Pages {
  const requestOf = (context: WebContext): PageRequest => ({
    address: addressWithin(context),
    asOf: context.get('asOf'),
    toast: takeToast(cookies, context),
    shownToast: context.req.header(shownToastHeader),
  })
  const frameFor: Pages['frameFor'] = ({ address, toast }, session) => ({
    assets: parts.assets.addresses,
    now: minuteOf(parts.clock.now()) * minuteMs,
    address,
    account: session && frameAccountOf(session),
    toast,
  })
  const appFrameFor = createAppFrames(parts, frameFor)
  return {
    requestOf,
    frame: (context) => frameFor(requestOf(context), context.get('session')),
    frameFor,
    appFrame: (context, session, known) => appFrameFor(requestOf(context), session, known),
    appFrameFor,
  }
}

function createAppFrames(parts: WebParts, frameFor: Pages['frameFor']): Pages['appFrameFor'] {
  return async (request, session, known) => {
    const connections = known?.connections ?? (await parts.sync.listConnections(session.accountId))
    const counts = known?.counts ?? (await parts.tasks.countOwnOpen(session, connections))
    const requestKey = createRequestKey(parts.randomBytes)
    return {
      ...frameFor(request, session),
      account: frameAccountOf(session),
      ...(connections.length === 0 ? {} : { counts }),
      live: liveAddress({ asOf: request.asOf }),
      requestKey: () => requestKey,
      workspaces: connections.map(({ connectionId, workspaceName, status }) => ({
        connectionId,
        workspaceName,
        openTasks: counts.byConnection.get(connectionId) ?? 0,
        needsAttention: status !== 'active',
      })),
    }
  }
}

/** Returns the session of a request that requires one. Throws SignInNeeded. */
export function signedIn(context: WebContext): Session {
  const session = context.get('session')
  if (session === undefined) throw new SignInNeeded()
  return session
}

const longestAddress = 1_000

/**
 * Returns the current page's address, for links and forms that lead back to it. Returns home when the address could be
 * read as another host, such as `//evil.example`, and drops a query that is too long.
 */
export function addressWithin({ req }: WebContext): string {
  return addressIn(req.url)
}

/** The same for a request's whole address. */
export function addressIn(url: string): string {
  const { pathname, search } = new URL(url)
  const address = pathname + (search.length > longestAddress ? '' : search)
  return address.length > 2 * longestAddress ? paths.home : (safeReturnTo(address) ?? paths.home)
}

/** Returns what a page says about the account of its session. */
export function frameAccountOf({ isOperator, username, timeZone }: Session): FrameAccount {
  return { isOperator, username, timeZone }
}
