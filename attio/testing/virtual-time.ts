// Time that advances only when all work is waiting, so that hours of waiting run in milliseconds.
import { setImmediate } from 'node:timers/promises'

export function createVirtualTime(startAt = Date.UTC(2026, 4, 15)) {
  let now = startAt
  const timers: { at: number; ring: () => void }[] = []
  const waits: number[] = []

  return {
    now: () => now,
    /** The length of each wait, in order of start. */
    waits,
    wait: (ms: number, signal?: AbortSignal): Promise<void> => {
      waits.push(ms)
      return new Promise((resolve, reject) => {
        timers.push({ at: now + ms, ring: resolve })
        signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
      })
    },
    /** Advances time until `work` has settled. */
    async run<T>(work: Promise<T>): Promise<T> {
      const state = { isSettled: false }
      const settled = work.finally(() => {
        state.isSettled = true
      })
      settled.catch(() => {})
      for (;;) {
        for (let turn = 0; turn < 20; turn += 1) {
          if (state.isSettled) return settled
          await setImmediate()
        }
        timers.sort((a, b) => a.at - b.at)
        const next = timers.shift()
        if (next === undefined) throw new Error('nothing left to wait for')
        now = Math.max(now, next.at)
        next.ring()
      }
    },
  }
}

export type VirtualTime = ReturnType<typeof createVirtualTime>
