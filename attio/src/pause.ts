// Told to wait, the whole client waits, not each request alone: after a 429 one request goes ahead
// to see, and the others follow when it was let through.

export interface PauseSettings {
  readonly now: () => number
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly random: () => number
  /** How long a call waits in all. */
  readonly maxWaitMs: number
  readonly signal?: AbortSignal | undefined
}

export interface Pause {
  /** Nothing is sent before this instant (milliseconds since 1970). */
  begin(until: number): void
  /** Runs the attempt now, or when the pause is over. */
  pass<T>(passage: Passage<T>): Promise<T>
}

export interface Passage<T> {
  readonly attempt: () => Promise<T>
  /** When the call began, in milliseconds since 1970. */
  readonly beganAt: number
  /** The error of a call that would wait too long. */
  readonly tooLong: (until: number) => Error
}

/** Spreads those who waited for the same instant, so that they do not come as one. */
const spreadMs = 250

export function createPause({ now, wait, random, maxWaitMs, signal }: PauseSettings): Pause {
  let until = -Infinity
  let isPaused = false
  let scout: Promise<unknown> | undefined

  async function sendScout<T>(attempt: () => Promise<T>): Promise<T> {
    await wait(Math.max(0, until - now()) + random() * spreadMs, signal)
    // Lifted for now: an attempt that is told to wait again calls `begin` before it returns.
    isPaused = false
    return attempt()
  }

  return {
    begin(instant) {
      until = Math.max(until, instant)
      isPaused = true
    },
    async pass({ attempt, beganAt, tooLong }) {
      let hasWaited = false
      while (isPaused || scout !== undefined) {
        if (Math.max(until, now()) - beganAt > maxWaitMs) throw tooLong(until)
        if (scout === undefined) {
          const mine = sendScout(attempt).finally(() => {
            scout = undefined
          })
          scout = mine.catch(() => {})
          return mine
        }
        hasWaited = true
        await scout
      }
      if (hasWaited) await wait(random() * spreadMs, signal)
      return attempt()
    },
  }
}
