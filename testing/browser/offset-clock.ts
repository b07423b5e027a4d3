// The clock of a journey: it runs like the machine's, but starts on a known Monday morning, so that pages show the same
// dates in every run. A journey can put it forward instead of waiting.
import { systemClock, type Clock } from '../../app/support/clock.ts'

export type StageClock = Clock & {
  /** Puts the clock forward. Waits that have begun are not shortened. */
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
