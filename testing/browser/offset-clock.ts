// The time of a journey: it runs as the machine's does, but from a known Monday morning on, so that a page says the
// same whenever it is tested; and it can be put forward where a journey would have to wait.
import { systemClock, type Clock } from '../../app/support/clock.ts'

export type StageClock = Clock & {
  /** Puts the time forward. What waits already goes on waiting. */
  readonly skip: (ms: number) => void
}

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** Monday 23 November 2026, 10:41 in Berlin, where the people of the journeys live. */
const startsAt = Date.UTC(2026, 10, 23, 9, 41)

export function createStageClock(): StageClock {
  const offset = { ms: startsAt - systemClock.now() }
  return {
    now: () => systemClock.now() + offset.ms,
    wait: systemClock.wait,
    skip: (ms) => {
      offset.ms += ms
    },
  }
}
