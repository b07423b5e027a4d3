// Sessions that should have ended when the database could not be written: this process refuses them.
import { sha256Base64Url } from '../../support/hash.ts'

/** The cookie hashes of sessions that could not be ended yet, and their cookies. */
export type UnendedSessions = Map<string, string>

export function isUnended(unended: UnendedSessions, cookieValue: string): boolean {
  return unended.size > 0 && unended.has(sha256Base64Url(cookieValue))
}
