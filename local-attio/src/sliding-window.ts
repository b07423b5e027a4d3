// Counts events per key in a sliding window of one second.

export type SlidingWindow = {
  /** Returns when the next event is within the limit: now, if it already is. */
  freeAt(key: string, limit: number, now: number): number
  count(key: string, limit: number, now: number): void
}

const secondMs = 1000

export function createSlidingWindow(): SlidingWindow {
  /** The latest instants of each key, as many as its limit. */
  const recent = new Map<string, number[]>()
  return {
    freeAt: (key, limit, now) => {
      if (limit < 1) return now + secondMs
      const limiting = recent.get(key)?.at(-limit)
      // A time in the future was counted before the clock was set back.
      if (limiting === undefined || limiting > now) return now
      return Math.max(limiting + secondMs, now)
    },
    count: (key, limit, now) => {
      const times = recent.get(key) ?? []
      times.push(now)
      if (times.length > limit) times.splice(0, times.length - limit)
      recent.set(key, times)
    },
  }
}
