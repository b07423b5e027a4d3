// Counts each caller's recent calls on this node: calls under way, calls begun within a second, and the latest call.
import type { Clock } from '../../support/clock.ts'
import type { Caller } from './caller.ts'

export interface RecentCalls {
  readonly begin: (caller: Caller) => void
  readonly end: (caller: Caller) => void
  /** Calls of this caller and urgency. */
  readonly underWay: (caller: Caller) => number
  /** Calls that are under way or ended less than a second ago. */
  readonly inLastSecond: (caller: Caller) => number
  readonly lastBeganAt: (caller: Caller) => number
}

interface Calls {
  readonly underWay: { person: number; background: number }
  /** When the finished calls ended, oldest first. */
  ended: number[]
  lastBeganAt: number
}

const secondMs = 1_000
const forgetEvery = 1_000

export function createRecentCalls(clock: Clock): RecentCalls {
  const calls = new Map<unknown, Calls>()
  let begun = 0

  function forgetOld(of: Calls): void {
    const now = clock.now()
    of.ended = of.ended.filter((at) => at <= now && now - at < secondMs)
  }

  function forgetIdle(): void {
    for (const [key, of] of calls) {
      forgetOld(of)
      const { person, background } = of.underWay
      if (person + background + of.ended.length === 0) calls.delete(key)
    }
  }

  return {
    begin: ({ key, urgency }) => {
      begun += 1
      if (begun % forgetEvery === 0) forgetIdle()
      const of = calls.get(key) ?? {
        underWay: { person: 0, background: 0 },
        ended: [],
        lastBeganAt: 0,
      }
      of.underWay[urgency] += 1
      of.lastBeganAt = clock.now()
      calls.set(key, of)
    },
    end: ({ key, urgency }) => {
      const of = calls.get(key)
      if (of === undefined) return
      of.underWay[urgency] -= 1
      of.ended.push(clock.now())
    },
    underWay: ({ key, urgency }) => calls.get(key)?.underWay[urgency] ?? 0,
    inLastSecond: ({ key }) => {
      const of = calls.get(key)
      if (of === undefined) return 0
      forgetOld(of)
      return of.underWay.person + of.underWay.background + of.ended.length
    },
    lastBeganAt: ({ key }) => calls.get(key)?.lastBeganAt ?? -Infinity,
  }
}
