// After a 429, pauses every call with the same token to the same group of endpoints until the time that
// Attio named. Then one probe is sent, and the other calls follow once it has succeeded.
import { untilAborted } from '../http/deadline.ts'

/** Pauses by key (token and group of endpoints). Keys without a pause are absent. */
export type RateLimitPauses = Map<string, RateLimitPauseState>

export interface RateLimitPauseState {
  /** No call is sent before this instant (milliseconds since 1970). */
  until: number
  /** The full length of the current pause, so that setting the clock back does not extend it. */
  lengthMs: number
  isPaused: boolean
  /** The first call after the pause. It settles when that call returns, and never rejects. */
  probe: Promise<unknown> | undefined
}

export interface RateLimitPauseSettings {
  readonly now: () => number
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly random: () => number
  /** The longest total wait of one call. */
  readonly maxWaitMs: number
  readonly signal?: AbortSignal | undefined
}

export interface RateLimitPause {
  /** Starts a pause, or extends the current one. */
  begin(until: number): void
  /** Runs the attempt at once, or after the pause. */
  run<T>(paused: PausableAttempt<T>): Promise<T>
}

export interface PausableAttempt<T> {
  /** Calls `isPaused` again right before sending, because a permit or a token may have taken time. */
  readonly attempt: (isPaused: () => boolean) => Promise<T>
  /** When the call began (milliseconds since 1970). */
  readonly beganAt: number
  /** Returns the error of a call that would wait longer than `maxWaitMs`. */
  readonly tooLong: (until: number) => Error
}

/** Spreads the calls that waited for the same instant. */
const jitterMs = 250
/** Above this many pauses, finished ones are dropped. */
const sweepAbove = 1_000

export function createRateLimitPause(
  pauses: RateLimitPauses,
  key: string,
  { now, wait, random, maxWaitMs, signal }: RateLimitPauseSettings,
): RateLimitPause {
  async function sendProbe<T>(
    state: RateLimitPauseState,
    attempt: PausableAttempt<T>['attempt'],
  ): Promise<T> {
    await wait(leftMs(state, now()) + random() * jitterMs, signal)
    // An attempt that gets another 429 calls `begin` before it returns, which pauses again.
    state.isPaused = false
    return attempt(() => state.isPaused)
  }

  function startProbe<T>(
    state: RateLimitPauseState,
    attempt: PausableAttempt<T>['attempt'],
  ): Promise<T> {
    const probe = sendProbe(state, attempt).finally(() => {
      state.probe = undefined
      if (!state.isPaused && pauses.get(key) === state) pauses.delete(key)
    })
    state.probe = probe.catch(() => {})
    return probe
  }

  return {
    begin(until) {
      if (pauses.size >= sweepAbove) dropOverdue(pauses, now())
      const lengthMs = Math.max(0, until - now())
      const state = pauses.get(key)
      if (state === undefined) {
        pauses.set(key, { until, lengthMs, isPaused: true, probe: undefined })
      } else if (!state.isPaused || lengthMs >= leftMs(state, now())) {
        Object.assign(state, { until, lengthMs, isPaused: true })
      }
    },
    async run({ attempt, beganAt, tooLong }) {
      let hasWaited = false
      for (let state = pauses.get(key); state !== undefined; state = pauses.get(key)) {
        const waitedMs = Math.max(0, now() - beganAt)
        const stillMs = leftMs(state, now())
        if (waitedMs + stillMs > maxWaitMs) throw tooLong(now() + stillMs)
        if (state.probe === undefined) return await startProbe(state, attempt)
        hasWaited = true
        await untilAborted(state.probe, signal)
      }
      if (hasWaited) await wait(random() * jitterMs, signal)
      return attempt(() => pauses.has(key))
    },
  }
}

function leftMs(state: RateLimitPauseState, now: number): number {
  state.until = Math.min(state.until, now + state.lengthMs)
  return Math.max(0, state.until - now)
}

function dropOverdue(pauses: RateLimitPauses, now: number): void {
  for (const [key, state] of pauses) {
    if (state.probe === undefined && leftMs(state, now) === 0) pauses.delete(key)
  }
}
