// Tells whether a failed answer means that one item cannot be read or that Attio cannot be reached at all.
import { AttioResponseError, AttioTooLargeError } from '@taskr/attio'

/** Counts of what a sync left out; the next one reads it again. */
export interface Unread {
  readonly tasks: number
  /** `all` when the list of members could not be read. */
  readonly members: number | 'all'
  /** The number of linked records whose names could not be read. */
  readonly names: number
}

export const nothingUnread: Unread = { tasks: 0, members: 0, names: 0 }

/** True when every item of a list has another form than the documented one, or the answer is too large. */
export function isAboutItems(error: unknown): error is AttioResponseError | AttioTooLargeError {
  if (error instanceof AttioTooLargeError) return true
  return error instanceof AttioResponseError && /^data\.\d+(\.|$)/.test(error.path)
}

/** True when the answer about a single item does not have the documented form, or is too large. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof AttioResponseError || error instanceof AttioTooLargeError
}
