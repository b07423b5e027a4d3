// The results of recent searches at Attio. An open page with results refetches itself with every change, which must not
// be a search at Attio each time. A person's own search always asks Attio.
import type { Clock } from '../../support/clock.ts'
import type { AccountId, ConnectionId } from '../../support/ids.ts'
import type { RecordsFound } from './find-records.ts'

interface Search {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
  readonly query: string
}

export interface RecentSearches {
  /** Returns what the same search found within the last five minutes. */
  readonly find: (search: Search) => RecordsFound | undefined
  readonly remember: (search: Search, found: RecordsFound) => void
}

const keptForMs = 5 * 60_000
const mostKept = 500

export function createRecentSearches(clock: Clock): RecentSearches {
  // In the order in which they were made.
  const kept = new Map<string, { readonly at: number; readonly found: RecordsFound }>()
  return {
    find: (search) => {
      const { at, found } = kept.get(keyOf(search)) ?? {}
      return at !== undefined && Math.abs(clock.now() - at) <= keptForMs ? found : undefined
    },
    remember: (search, found) => {
      const key = keyOf(search)
      kept.delete(key)
      if (found.kind !== 'found') return
      kept.set(key, { at: clock.now(), found })
      const [oldest] = kept.keys()
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    },
  }
}

function keyOf({ accountId, connectionId, query }: Search): string {
  return JSON.stringify([accountId, connectionId, query])
}
