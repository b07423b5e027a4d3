// The open pages of this node. What they need from the database is read for all of them together.
import type { Session } from '../../accounts/accounts.ts'
import { createBatcher } from '../../support/batcher.ts'
import { syncWhenStale } from '../tasks/sync-when-stale.ts'
import type { OpenPage, OpenPages, WebParts } from '../web-parts.ts'

/** How often every page is checked, in case a notification was lost, and counts as viewed. */
const checkEveryMs = 60_000
const readAtOnce = 500

export function createOpenPages(
  parts: Pick<WebParts, 'accounts' | 'clock' | 'logger' | 'sync' | 'webhooks'>,
): OpenPages {
  const pages = new Set<OpenPage>()
  const read = createBatcher<string, Session | 'ended' | 'unknown'>(
    async (cookies) => {
      try {
        return (await parts.accounts.findSessions(cookies)).map((session) => session ?? 'ended')
      } catch (error) {
        // Pages outlast an outage of the database, and are checked after it.
        parts.logger.warn('web.open-pages-not-checked', { error, pages: cookies.length })
        return cookies.map(() => 'unknown')
      }
    },
    { atOnce: readAtOnce, waiting: Infinity },
  )
  let whileOpen = new AbortController()
  return {
    add: (page) => {
      pages.add(page)
      if (pages.size === 1) {
        whileOpen = new AbortController()
        void checkRegularly(parts, pages, whileOpen.signal)
      }
      return () => {
        if (pages.delete(page) && pages.size === 0) whileOpen.abort()
      }
    },
    findSession: async (cookie) => {
      const session = await read(cookie)
      return session === 'no-room' ? 'unknown' : session
    },
  }
}

async function checkRegularly(
  parts: Pick<WebParts, 'clock' | 'logger' | 'sync' | 'webhooks'>,
  pages: ReadonlySet<OpenPage>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await parts.clock.wait(checkEveryMs, signal).catch(() => {})
    if (signal.aborted) return
    for (const { check } of pages) check()
    try {
      const shown = new Set([...pages].flatMap(({ shows }) => shows()))
      syncWhenStale(parts, await parts.sync.listCopies([...shown]))
    } catch (error) {
      parts.logger.error('web.open-pages-not-refreshed', { error })
    }
  }
}
