// Told to wait, everybody waits, not each request alone: after a 429 one request goes ahead to see,
// and the others follow when it was let through.
import { untilAborted } from '../http/deadline.ts'

/** What those who wait together share. */
export interface PauseState {
  /** Nothing is sent before this instant (milliseconds since 1970). */
  until: number
  /** How long that was when we were told; a clock that is set back makes it no longer. */
  lengthMs: number
  isPaused: boolean
  /** The request that goes ahead; settles, and never rejects, when it is back. */
  scout: Promise<unknown> | undefined
}

export interface PauseSettings {
  readonly now: () => number
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly random: () => number
  /** How long a call waits in all. */
  readonly maxWaitMs: number
  readonly signal?: AbortSignal | undefined
}

export interface Pause {
  /** An attempt was told to wait until then. */
  begin(until: number): void
  /** Runs the attempt now, or when the pause is over. */
  pass<T>(passage: Passage<T>): Promise<T>
}

export interface Passage<T> {
  /** What it does before it sends may take time: it then asks whether there is a new pause. */
  readonly attempt: (isHeldBack: () => boolean) => Promise<T>
  /** When the call began, in milliseconds since 1970. */
  readonly beganAt: number
  /** The error of a call that would wait too long. */
  readonly tooLong: (until: number) => Error
}

/** Spreads those who waited for the same instant, so that they do not come as one. */
const spreadMs = 250

export function createPauseState(): PauseState {
  return { until: -Infinity, lengthMs: 0, isPaused: false, scout: undefined }
}

export function createPause(state: PauseState, settings: PauseSettings): Pause {
  const { now, wait, random, maxWaitMs, signal } = settings

  function leftMs(): number {
    // Farther than when we were told: the clock was set back.
    state.until = Math.min(state.until, now() + state.lengthMs)
    return Math.max(0, state.until - now())
  }

  async function sendScout<T>(attempt: Passage<T>['attempt']): Promise<T> {
    await wait(leftMs() + random() * spreadMs, signal)
    // Lifted for now: an attempt that is told to wait again calls `begin` before it returns.
    state.isPaused = false
    return attempt(() => state.isPaused)
  }

  return {
    begin(until) {
      const lengthMs = Math.max(0, until - now())
      if (state.isPaused && lengthMs < leftMs()) return
      state.until = until
      state.lengthMs = lengthMs
      state.isPaused = true
    },
    async pass({ attempt, beganAt, tooLong }) {
      let hasWaited = false
      while (state.isPaused || state.scout !== undefined) {
        const waitedMs = Math.max(0, now() - beganAt)
        if (waitedMs + leftMs() > maxWaitMs) throw tooLong(now() + leftMs())
        if (state.scout === undefined) {
          const mine = sendScout(attempt).finally(() => {
            state.scout = undefined
          })
          state.scout = mine.catch(() => {})
          return mine
        }
        hasWaited = true
        await untilAborted(state.scout, signal)
      }
      if (hasWaited) await wait(random() * spreadMs, signal)
      return attempt(() => state.isPaused || state.scout !== undefined)
    },
  }
}
