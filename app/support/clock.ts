// Time as a dependency: the machine's own clock, and one that tests move forward by hand.

import { setTimeout as sleep } from 'node:timers/promises'

export type Clock = {
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number
  /** Resolves after that many milliseconds; rejects with the signal's reason when it aborts first. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
}

// A longer timer would fire at once: Node keeps the delay in 31 bits.
const longestTimerMs = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: async (ms, signal) => {
    let leftMs = Math.max(0, ms)
    do {
      const stepMs = Math.min(leftMs, longestTimerMs)
      try {
        await sleep(stepMs, undefined, signal === undefined ? {} : { signal })
      } catch (error) {
        signal?.throwIfAborted()
        throw error
      }
      leftMs -= stepMs
    } while (leftMs > 0)
  },
}

export type TestClock = Clock & {
  /** Moves time forward, waking every wait that falls due on the way, in order. */
  readonly advance: (ms: number) => Promise<void>
  /**
   * Moves time forward second by second until the work is done. While `busy` says so, for instance during a request to
   * a real server, time stands still.
   */
  readonly advanceUntil: <Result>(work: Promise<Result>, busy?: () => BusyPlace) => Promise<Result>
  /** The number of waits under way. */
  readonly waiting: () => number
}

/** What a test's clock waits for: this process alone, which needs no pause to go on, or others as well. */
export type BusyPlace = 'here' | 'elsewhere' | false

export function createTestClock(startMs = Date.UTC(2026, 0, 15, 12)): TestClock {
  let nowMs = startMs
  const waits = new Set<Wait>()

  async function advance(ms: number): Promise<void> {
    const endMs = nowMs + ms
    for (;;) {
      const next = earliest(waits)
      if (next === undefined || next.dueMs > endMs) break
      nowMs = Math.max(nowMs, next.dueMs)
      waits.delete(next)
      next.wake()
      await settle()
    }
    nowMs = endMs
    await settle()
  }

  async function advanceUntil<Result>(
    work: Promise<Result>,
    busy: () => BusyPlace = () => false,
  ): Promise<Result> {
    let done = false
    const finished = work.finally(() => {
      done = true
    })
    // The work may fail before its promise is awaited.
    finished.catch(() => {})
    while (!done) {
      await settle()
      if (done) break
      const where = waits.size === 0 ? 'elsewhere' : busy()
      if (where === false) await advance(1_000)
      // Checking again without a pause would take a whole processor.
      else if (where === 'elsewhere') await sleep(1)
    }
    return await finished
  }

  return {
    now: () => nowMs,
    wait: (ms, signal) => addWait(waits, nowMs + Math.max(0, Math.ceil(ms)), signal),
    advance,
    advanceUntil,
    waiting: () => waits.size,
  }
}

type Wait = { readonly dueMs: number; readonly wake: () => void }

function addWait(waits: Set<Wait>, dueMs: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const wait: Wait = { dueMs, wake: resolve }
  waits.add(wait)
  const abort = (): void => {
    waits.delete(wait)
    reject(signal?.reason)
  }
  signal?.addEventListener('abort', abort, { once: true })
  return promise.finally(() => signal?.removeEventListener('abort', abort))
}

function earliest(waits: Set<Wait>): Wait | undefined {
  let first: Wait | undefined
  for (const wait of waits) if (first === undefined || wait.dueMs < first.dueMs) first = wait
  return first
}

// Lets woken code run until it waits again, before time moves on.
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
