// Selects the exchanges of apps, including browsers on the consent page, from the whole journal.
import type { JournalEntry } from './journal.ts'

export function exchangesOfApps(entries: readonly JournalEntry[]): JournalEntry[] {
  return entries.filter(({ path }) => path.startsWith('/v2/') || !pagesOfThisServer.test(path))
}

/** The last path is a record's page. */
const pagesOfThisServer =
  /^\/(?:(?:developers|install|sign-in|sign-out|workspaces)(?:\/|$)|[^/]+\/[^/]+\/[\da-f]{8}-[\da-f-]{27}$)/
