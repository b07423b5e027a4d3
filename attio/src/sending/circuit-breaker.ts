// After several failures in a row the breaker opens: calls fail at once. When its pause, which grows,
// is over, one probe decides whether it closes.

/** Shared by clients that share their back-off: one per origin. */
export interface CircuitBreakerState {
  failuresInARow: number
  isOpen: boolean
  /** How often in a row it opened. */
  openings: number
  /** Nothing is sent before this instant (milliseconds since 1970). */
  until: number
  /** The length of the pause when it began. */
  lengthMs: number
  isProbing: boolean
  /** Grows whenever it opens or closes. A call from an earlier generation changes nothing. */
  generation: number
}

export interface CircuitBreakerSettings {
  readonly now: () => number
  readonly random: () => number
}

export interface CircuitBreaker {
  /** Returns until when calls fail, or undefined when a call may go through. */
  openUntil(): number | undefined
  /** Lets a call that is sent now through. Returns undefined while the breaker is open. */
  tryEnter(): CircuitPermit | undefined
}

export interface CircuitPermit {
  /** `abandoned`: the call ended without a sign of whether the server is well. */
  leave(how: 'answered' | 'failed' | 'abandoned'): void
}

export const failuresUntilOpen = 5
export const firstPauseMs = 2_000
export const longestPauseMs = 60_000
/** Nodes that saw the same failure probe at different times. */
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

/** A clock that is set back does not extend the pause. */
function leftMs(state: CircuitBreakerState, now: number): number {
  state.until = Math.min(state.until, now + state.lengthMs)
  return Math.max(0, state.until - now)
}
