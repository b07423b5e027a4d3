// The version of a page: the revisions of everything that its account sees.
import { createHash } from 'node:crypto'
import type { Topic } from './notifications.ts'

/** Maps the account and each of its connections to its revision. */
export type SeenRevisions = ReadonlyMap<Topic, number>

/** Returns a short text that is the same on every node, and differs after every change that the account can see. */
export function versionOf(seen: SeenRevisions): string {
  const hash = createHash('sha256')
  for (const [ownerId, revision] of seen) hash.update(`${ownerId} ${revision}\n`)
  return hash.digest('base64url').slice(0, 16)
}
