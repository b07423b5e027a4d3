// Counts what happens within a second, any second and not only whole ones, by key.

export type SlidingSecond = {
  /** From when on one more is within the limit: now, when it is already. */
  freeAt(key: string, limit: number, now: number): number
  count(key: string, limit: number, now: number): void
}

const secondMs = 1000

export function createSlidingSecond(): SlidingSecond {
  /** The latest instants of each key, as many as its limit. */
  const recent = new Map<string, number[]>()
  return {
    freeAt: (key, limit, now) => {
      if (limit < 1) return now + secondMs
      const limiting = recent.get(key)?.at(-limit)
      // What lies in the future was counted before somebody set the clock back.
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
