// At most so many deliveries per second and target, whichever webhook they belong to.

export type TargetRates = {
  /** From when on another delivery may go there. */
  freeAt(target: string, now: number): number
  /** Counts a delivery. */
  count(target: string, now: number): void
}

/** `perSecond` is asked each time. */
export function createTargetRates(perSecond: () => number): TargetRates {
  const recent = new Map<string, number[]>()
  return {
    freeAt: (target, now) => {
      const limiting = recent.get(target)?.at(-perSecond())
      // What lies in the future was counted before somebody set the clock back.
      return limiting === undefined || limiting > now ? now : limiting + 1000
    },
    count: (target, now) => {
      const times = recent.get(target) ?? []
      times.push(now)
      recent.set(target, times.slice(-perSecond()))
    },
  }
}
