// Limits each app to 100 reads and 25 writes a second on the local Attio's clock, with lower limits for
// some operations. assumed: the second slides, which is the stricter reading of "per second". A refused
// request does not count.
import { createSlidingWindow } from '../../sliding-window.ts'
import { operations } from '../operations/operations.ts'
import { rateLimited } from '../requests/errors.ts'

export type RateLimitSettings = {
  /** Reads per app and second. Attio: 100. */
  readonly reads: number
  /** Writes per app and second. Attio: 25. */
  readonly writes: number
  /** Lower limits per second by operation, such as `{ 'tasks.list': 2 }`. */
  readonly perOperation: Readonly<Record<string, number>>
}

/** The lower limits that Attio's reference states. */
const documentedLimits = { 'call-recordings.create': 1, 'records.merge': 5 }

export const attioRateLimits: RateLimitSettings = {
  reads: 100,
  writes: 25,
  perOperation: documentedLimits,
}

export type RateLimits = {
  /**
   * The limits in force; false for none. May be replaced at any time. Throws on a limit for an operation
   * that local Attio lacks, which would limit nothing.
   */
  settings: RateLimitSettings | false
  /** Counts a request. Throws Attio's 429 when it exceeds a limit. */
  count(request: CountedRequest): void
}

export type CountedRequest = {
  readonly clientId: string
  readonly operation: string
  readonly access: 'read' | 'write'
  readonly now: number
}

export function createRateLimits(settings: RateLimitSettings | false): RateLimits {
  const rate = createSlidingWindow()
  let inForce = checked(settings)
  return {
    get settings() {
      return inForce
    },
    set settings(wanted) {
      inForce = checked(wanted)
    },
    count: ({ clientId, operation, access, now }) => {
      if (inForce === false) return
      const { reads, writes, perOperation } = inForce
      const buckets = [
        { key: `${clientId} ${access}`, limit: access === 'read' ? reads : writes },
        { key: `${clientId} ${operation}`, limit: perOperation[operation] ?? Infinity },
      ].filter(({ limit }) => limit !== Infinity)
      const freeAt = Math.max(now, ...buckets.map(({ key, limit }) => rate.freeAt(key, limit, now)))
      if (freeAt > now) throw rateLimited(nextWholeSecond(freeAt))
      for (const { key, limit } of buckets) rate.count(key, limit, now)
    },
  }
}

function checked(settings: RateLimitSettings | false): RateLimitSettings | false {
  const names = settings === false ? [] : Object.keys(settings.perOperation)
  const unknown = names.find((name) => !Object.hasOwn(operations, name))
  if (unknown === undefined) return settings
  throw new Error(`There is no operation "${unknown}" to limit.`)
}

/** Returns the first whole second at which the request passes: an HTTP date has no fractions. */
function nextWholeSecond(ms: number): number {
  return Math.ceil(ms / 1000) * 1000
}
