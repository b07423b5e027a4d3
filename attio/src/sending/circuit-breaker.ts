// Spares a server that fails again and again: after several failures in a row calls fail at once, and
// after a pause, which grows, one goes ahead to see.

/** What clients that share a restraint know of one origin. */
export interface CircuitState {
  failuresInARow: number
  isOpen: boolean
  /** How often in a row it opened. */
  openings: number
  /** Nothing is sent before this instant (milliseconds since 1970). */
  until: number
  /** How long that was when it opened. */
  lengthMs: number
  /** One call went ahead and is not back. */
  isProbing: boolean
  /** Grows when it opens or closes: what was sent before tells nothing about now. */
  era: number
}

export interface CircuitSettings {
  readonly now: () => number
  readonly random: () => number
}

export interface Circuit {
  /** Until when calls fail; undefined when one may go ahead. */
  refusesUntil(): number | undefined
  /** For whoever sends now. Undefined when nobody may. */
  enter(): Passage | undefined
}

export interface Passage {
  /** `abandoned`: given up by us, which tells nothing about the server. */
  leave(how: 'answered' | 'failed' | 'abandoned'): void
}

export const failuresUntilOpen = 5
export const firstPauseMs = 2_000
export const longestPauseMs = 60_000
/** Several nodes that saw the same failure do not all look again in the same instant. */
const spread = 0.25

export function createCircuitState(): CircuitState {
  return {
    failuresInARow: 0,
    isOpen: false,
    openings: 0,
    until: -Infinity,
    lengthMs: 0,
    isProbing: false,
    era: 0,
  }
}

export function createCircuit(state: CircuitState, { now, random }: CircuitSettings): Circuit {
  function leftMs(): number {
    // Farther than when we were told: the clock was set back.
    state.until = Math.min(state.until, now() + state.lengthMs)
    return Math.max(0, state.until - now())
  }

  function open(): void {
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(state.openings, 20))
    state.lengthMs = Math.ceil(pauseMs * (1 + random() * spread))
    state.until = now() + state.lengthMs
    state.isOpen = true
    state.openings += 1
    state.era += 1
  }

  function close(): void {
    state.isOpen = false
    state.openings = 0
    state.failuresInARow = 0
    state.era += 1
  }

  function probe(): Passage {
    state.isProbing = true
    state.lengthMs = 0 // the pause is over, whatever the clock does
    return {
      leave(how) {
        state.isProbing = false
        if (how === 'answered') close()
        else if (how === 'failed') open()
      },
    }
  }

  function walkThrough(): Passage {
    const { era } = state
    return {
      leave(how) {
        if (state.era !== era || how === 'abandoned') return
        state.failuresInARow = how === 'failed' ? state.failuresInARow + 1 : 0
        if (state.failuresInARow >= failuresUntilOpen) open()
      },
    }
  }

  return {
    refusesUntil() {
      if (!state.isOpen) return undefined
      if (state.isProbing) return now() + firstPauseMs
      return leftMs() > 0 ? now() + leftMs() : undefined
    },
    enter() {
      if (!state.isOpen) return walkThrough()
      return state.isProbing || leftMs() > 0 ? undefined : probe()
    },
  }
}
