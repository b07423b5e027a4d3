// The request keys of changes that one form made to several tasks, so that a short name undoes them all.
import type { RequestKey } from '../../../tasks/changes.ts'
import { sha256Base64Url } from '../../../support/hash.ts'

/** One form changes at most this many tasks. */
export const largestBatch = 200

const batchLength = 22

/** Returns the name of the batch that a form with this key makes. */
export function batchOf(requestKey: RequestKey): string {
  return sha256Base64Url(`batch ${requestKey}`).slice(0, batchLength)
}

/** Returns the key of the batch's change at a position, from 0. */
export function batchKey(batch: string, at: number): RequestKey {
  return `batch ${batch} ${at}`
}
