// Tells an open page over its event stream that it is outdated, until the page closes or its session ends.
import type { SSEStreamingApi } from 'hono/streaming'
import { versionOf, type SeenRevisions } from '../../live/live.ts'
import type { Session } from '../../accounts/accounts.ts'
import { asConnectionId, type ConnectionId } from '../../support/ids.ts'
import type { RouteParts } from '../web-parts.ts'

/** How often the stream sends a comment, to keep proxies from closing it. */
const beatEveryMs = 10_000

export interface ToldPage {
  readonly session: Session
  /** The session cookie of its browser. */
  readonly cookie: string
  /** The version that it shows. */
  readonly version: string
}

export async function tellOfChanges(
  parts: RouteParts,
  stream: SSEStreamingApi,
  page: ToldPage,
): Promise<void> {
  const ending = new AbortController()
  const { signal } = ending
  stream.onAbort(() => ending.abort())
  const fail = (error: unknown): void => {
    if (!signal.aborted) parts.logger.error('web.stream-failed', { error })
  }
  const check = (): void => void tell().catch(fail)
  const listening = createListening(parts, page, { check, end: () => ending.abort() })
  const tell = createTeller(parts, stream, page, { ending, follow: listening.follow })
  const remove = parts.openPages.add({ check, shows: listening.shows })
  try {
    listening.follow(page.session.sees)
    await tell()
    await beatUntilExpired(parts, stream, page, signal)
    await tell()
  } catch (error) {
    fail(error)
  } finally {
    remove()
    listening.stop()
  }
}

/**
 * Returns a function that tells the page of each version once. The revisions in the database say whether the page is
 * outdated, on every node.
 */
function createTeller(
  { openPages }: RouteParts,
  stream: SSEStreamingApi,
  { cookie, version }: ToldPage,
  {
    ending,
    follow,
  }: { readonly ending: AbortController; readonly follow: (sees: SeenRevisions) => boolean },
): () => Promise<void> {
  let told = version
  let isLoggedOut = false
  return async () => {
    for (let isCurrent = false; !isCurrent;) {
      const session = await openPages.findSession(cookie)
      if (ending.signal.aborted || isLoggedOut || session === 'unknown') return
      if (session === 'ended') {
        isLoggedOut = true
        // The page fetches itself and finds that it is logged out.
        await stream.writeSSE({ event: 'changed', data: '' })
        return ending.abort()
      }
      // After a connection was added, its changes until now were not heard.
      isCurrent = follow(session.sees)
      const now = versionOf(session.sees)
      if (now === told) continue
      told = now
      await stream.writeSSE({ event: 'changed', data: '', id: now })
    }
  }
}

/** Returns a listener to what the account sees: itself and its connections. */
function createListening(
  { live }: RouteParts,
  { session }: ToldPage,
  { check, end }: { readonly check: () => void; readonly end: () => void },
) {
  let seen = session.sees
  let stop: (() => void) | undefined
  return {
    shows: (): readonly ConnectionId[] =>
      [...seen.keys()].filter((topic) => topic !== session.accountId).map(asConnectionId),
    /** Listens to what the account sees now. Returns true when it did so already. */
    follow: (sees: SeenRevisions): boolean => {
      const isSame = sees.size === seen.size && [...sees.keys()].every((topic) => seen.has(topic))
      if (isSame && stop !== undefined) return true
      seen = sees
      stop?.()
      stop = live.listen(session.accountId, [...sees.keys()], (what) =>
        what === 'stopped' ? end() : check(),
      )
      return false
    },
    stop: () => stop?.(),
  }
}

async function beatUntilExpired(
  { clock }: RouteParts,
  stream: SSEStreamingApi,
  { session }: ToldPage,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await stream.write(': beat\n\n')
    const restMs = session.expiresAt - clock.now()
    if (restMs <= 0) return
    await clock.wait(Math.min(beatEveryMs, restMs), signal)
  }
}
