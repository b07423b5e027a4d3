// Limits Taskr's calls to Attio. A call needs a permit, and a permit is free again one second after the call's answer,
// so no second holds more calls than there are permits, however slow the network is.
import type { Clock } from '../../support/clock.ts'

export type Access = 'read' | 'write'

export interface Permit {
  readonly access: Access
  readonly number: number
  /** The fencing number: a permit that was lent again meanwhile cannot be given back by its former holder. */
  readonly lease: number
}

/** How many permits of each kind there are. */
export type PermitCounts = Readonly<Record<Access, number>>

export interface Permits {
  readonly counts: PermitCounts
  /** Takes the first free permit with a lower number than given. Returns undefined when none is free. */
  readonly take: (access: Access, below: number) => Promise<Permit | undefined>
  /** Gives the permit back after the answer or a failure. `unused` means that the call was never sent. */
  readonly giveBack: (permit: Permit, how: 'used' | 'unused') => Promise<void>
}

/** Attio allows an app 100 reads and 25 writes a second (docs.attio.com/rest-api/guides/rate-limiting). */
export const permitCounts: PermitCounts = { read: 80, write: 20 }

/** How long a permit stays taken after an answer. */
export const restMs = 1_000

/** Permits in memory, for the one process that a SQLite file allows. */
export function createPermitsInMemory(clock: Clock, counts: PermitCounts): Permits {
  const permits = {
    read: Array.from({ length: counts.read }, newPermit),
    write: Array.from({ length: counts.write }, newPermit),
  }
  const isFree = (state: PermitState): boolean => {
    if (state.restsUntil === undefined) return false
    // A time farther away than one rest period means that the clock was set back.
    state.restsUntil = Math.min(state.restsUntil, clock.now() + restMs)
    return state.restsUntil <= clock.now()
  }
  return {
    counts,
    take: async (access, below) => {
      const number = permits[access].findIndex((state, at) => at < below && isFree(state))
      const state = permits[access][number]
      if (state === undefined) return undefined
      state.restsUntil = undefined
      state.lease += 1
      return { access, number, lease: state.lease }
    },
    giveBack: async ({ access, number, lease }, how) => {
      const state = permits[access][number]
      if (state === undefined || state.lease !== lease) return
      state.restsUntil = clock.now() + (how === 'used' ? restMs : 0)
    },
  }
}

interface PermitState {
  /** Undefined while the permit is taken. */
  restsUntil: number | undefined
  lease: number
}

function newPermit(): PermitState {
  return { restsUntil: -Infinity, lease: 0 }
}
