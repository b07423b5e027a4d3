// 100 reads and 25 writes a second per app, counted in whole seconds of the local Attio's clock,
// and lower limits for single endpoints where a test wants them.
import { rateLimited } from './errors.ts'

export type RateLimitSettings = {
  /** Per app and second. Attio: 100. */
  readonly reads: number
  /** Per app and second. Attio: 25. */
  readonly writes: number
  /** Lower limits per second by operation, such as `{ 'tasks.list': 2 }`. */
  readonly perOperation: Readonly<Record<string, number>>
}

export const attioRateLimits: RateLimitSettings = { reads: 100, writes: 25, perOperation: {} }

export type RateLimits = {
  /** The limits in force; false for none. May be replaced at any time. */
  settings: RateLimitSettings | false
  /** Counts a request; throws Attio's 429 when it is one too many. */
  count(request: CountedRequest): void
}

export type CountedRequest = {
  readonly clientId: string
  readonly operation: string
  readonly access: 'read' | 'write'
  readonly now: number
}

export function createRateLimits(settings: RateLimitSettings | false): RateLimits {
  let second = 0
  const counts = new Map<string, number>()

  const countIn = (bucket: string, limit: number): void => {
    const count = counts.get(bucket) ?? 0
    if (count >= limit) throw rateLimited((second + 1) * 1000)
    counts.set(bucket, count + 1)
  }

  const limits: RateLimits = {
    settings,
    count: ({ clientId, operation, access, now }) => {
      if (limits.settings === false) return
      const current = Math.floor(now / 1000)
      if (current !== second) counts.clear()
      second = current
      const ownLimit = limits.settings.perOperation[operation]
      if (ownLimit !== undefined) countIn(`${clientId} ${operation}`, ownLimit)
      const limit = access === 'read' ? limits.settings.reads : limits.settings.writes
      countIn(`${clientId} ${access}`, limit)
    },
  }
  return limits
}
