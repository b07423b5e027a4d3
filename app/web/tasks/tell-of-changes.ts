// Tells an open page over its event stream that it is outdated, until the page closes or its session ends.
import type { SSEStreamingApi } from 'hono/streaming'
import { versionOf } from '../../live/live.ts'
import type { AccountId } from '../../support/ids.ts'
import type { RouteParts } from '../web-parts.ts'
import { syncWhenStale } from './sync-when-stale.ts'

/** How often the stream sends a comment, to keep proxies from closing it, and checks that the session still works. */
const beatEveryMs = 10_000
/** How often an open page counts as viewed. */
const viewedEveryMs = 60_000

export interface OpenPage {
  readonly accountId: AccountId
  /** The session cookie of its browser. */
  readonly cookie: string
  /** The version that it shows. */
  readonly version: string
}

export async function tellOfChanges(
  parts: RouteParts,
  stream: SSEStreamingApi,
  page: OpenPage,
): Promise<void> {
  const ending = new AbortController()
  stream.onAbort(() => ending.abort())
  const fail = (error: unknown): void => {
    if (!ending.signal.aborted) parts.logger.error('web.stream-failed', { error })
  }
  const tell = createTeller(parts, stream, page, ending)
  const listening = createListening(parts, page.accountId, { ending, fail, tell })
  try {
    await listening.begin()
    await tell()
    await beatUntilEnded(parts, stream, page, ending.signal)
  } catch (error) {
    fail(error)
  } finally {
    listening.stop()
  }
}

/**
 * Returns a function that tells the page of each version once. The revisions in the database say whether the page is
 * outdated, on every node.
 */
function createTeller(
  { accounts }: RouteParts,
  stream: SSEStreamingApi,
  { cookie, version }: OpenPage,
  ending: AbortController,
): () => Promise<void> {
  let told = version
  return async () => {
    const current = await accounts.findSession(cookie)
    if (current === undefined) return ending.abort()
    const now = versionOf(current.sees)
    if (now === told || ending.signal.aborted) return
    told = now
    await stream.writeSSE({ event: 'changed', data: '', id: now })
  }
}

/** Returns a listener to the account and its connections. It begins again when the account's connections change. */
function createListening(
  { live, sync }: RouteParts,
  accountId: AccountId,
  {
    ending,
    fail,
    tell,
  }: {
    readonly ending: AbortController
    readonly fail: (error: unknown) => void
    readonly tell: () => Promise<void>
  },
) {
  let stopListening = (): void => {}
  const begin = async (): Promise<void> => {
    const connections = await sync.listConnections(accountId)
    const topics = [accountId, ...connections.map(({ connectionId }) => connectionId)]
    stopListening()
    if (ending.signal.aborted) return
    stopListening = live.listen(accountId, topics, (what) => {
      if (what === 'stopped') return ending.abort()
      tell().catch(fail)
      // A seat may have begun or ended, so that the page shows other connections.
      if (what.changed === accountId) begin().catch(fail)
    })
  }
  return { begin, stop: () => stopListening() }
}

async function beatUntilEnded(
  parts: RouteParts,
  stream: SSEStreamingApi,
  { accountId, cookie }: OpenPage,
  signal: AbortSignal,
): Promise<void> {
  for (let openMs = 0; !signal.aborted; openMs += beatEveryMs) {
    if (openMs > 0 && openMs % viewedEveryMs === 0) {
      syncWhenStale(parts, await parts.sync.listConnections(accountId))
    }
    await stream.write(': beat\n\n')
    await parts.clock.wait(beatEveryMs, signal)
    if ((await parts.accounts.findSession(cookie)) === undefined) return
  }
}
