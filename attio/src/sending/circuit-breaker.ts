// Opens after several failures in a row; calls then fail at once. Each pause is longer than the last.
// After a pause, one probe decides whether the breaker closes.

/** The breaker's state, one per origin, shared by clients that share their back-off. */
export interface CircuitBreakerState {
  failuresInARow: number
  isOpen: boolean
  /** How many times in a row it opened. */
  openings: number
  /** No call is sent before this instant (milliseconds since 1970). */
  until: number
  /** The full length of the current pause. */
  lengthMs: number
  isProbing: boolean
  /** Increases whenever the breaker opens or closes. A call from an earlier generation changes nothing. */
  generation: number
}

export interface CircuitBreakerSettings {
  readonly now: () => number
  readonly random: () => number
}

export interface CircuitBreaker {
  /** Returns the end of the pause, or undefined when a call may go through. */
  openUntil(): number | undefined
  /** Admits a call that is about to be sent. Returns undefined while the breaker is open. */
  tryEnter(): CircuitPermit | undefined
}

export interface CircuitPermit {
  /** `abandoned`: the call ended without evidence about the server's health. */
  leave(how: 'answered' | 'failed' | 'abandoned'): void
}

export const failuresUntilOpen = 5
export const firstPauseMs = 2_000
export const longestPauseMs = 15_000
/** Spreads the probes of nodes that saw the same failure. */
const jitter = 0.25

export function createCircuitBreakerState(): CircuitBreakerState {
  return {
    failuresInARow: 0,
    isOpen: false,
    openings: 0,
    until: -Infinity,
    lengthMs: 0,
    isProbing: false,
    generation: 0,
  }
}

export function createCircuitBreaker(
  state: CircuitBreakerState,
  { now, random }: CircuitBreakerSettings,
): CircuitBreaker {
  function open(): void {
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(state.openings, 20))
    state.lengthMs = Math.ceil(pauseMs * (1 + random() * jitter))
    state.until = now() + state.lengthMs
    state.isOpen = true
    state.openings += 1
    state.generation += 1
  }

  function enterAsProbe(): CircuitPermit {
    state.isProbing = true
    state.lengthMs = 0 // the pause is over, even when the clock is set back
    return {
      leave(how) {
        state.isProbing = false
        if (how === 'answered') close(state)
        else if (how === 'failed') open()
      },
    }
  }

  function enterClosed(): CircuitPermit {
    const { generation } = state
    return {
      leave(how) {
        if (state.generation !== generation || how === 'abandoned') return
        state.failuresInARow = how === 'failed' ? state.failuresInARow + 1 : 0
        if (state.failuresInARow >= failuresUntilOpen) open()
      },
    }
  }

  return {
    openUntil() {
      if (!state.isOpen) return undefined
      if (state.isProbing) return now() + firstPauseMs
      const stillMs = leftMs(state, now())
      return stillMs > 0 ? now() + stillMs : undefined
    },
    tryEnter() {
      if (!state.isOpen) return enterClosed()
      return state.isProbing || leftMs(state, now()) > 0 ? undefined : enterAsProbe()
    },
  }
}

function close(state: CircuitBreakerState): void {
  state.isOpen = false
  state.openings = 0
  state.failuresInARow = 0
  state.generation += 1
}

/** Limits the pause to its length, so that setting the clock back does not extend it. */
function leftMs(state: CircuitBreakerState, now: number): number {
  state.until = Math.min(state.until, now + state.lengthMs)
  return Math.max(0, state.until - now)
}
