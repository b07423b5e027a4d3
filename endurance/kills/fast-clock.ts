// A clock that runs thirty times as fast as real time. Processes with the same start time share it.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../app/support/clock.ts'

export const speed = 30

export function createFastClock(beganAt: number): Clock {
  return {
    now: () => Math.round(beganAt + (Date.now() - beganAt) * speed),
    wait: async (ms, signal) => {
      const options = signal === undefined ? {} : { signal }
      await sleep(Math.max(1, ms / speed), undefined, options)
    },
  }
}
