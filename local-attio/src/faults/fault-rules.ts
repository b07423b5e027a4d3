// The rules that every kind of fault shares: probability, count and duration.
import { createRandom } from '../seeded-random.ts'
import type { Clock } from '../clock.ts'

export type FaultLimits = {
  /** Meets this share of what fits it, 0 to 1. Default: all. */
  readonly probability?: number
  /** The same seed meets the same ones. Default: 1. */
  readonly seed?: number
  /** Ends after it has met so many. */
  readonly count?: number
  /** Ends after so many milliseconds of the local Attio's clock. */
  readonly ttlMs?: number
}

export type FaultRules<Fault extends FaultLimits> = {
  /** Adds a fault; the newest one that fits is used. Returns its end. */
  add(fault: Fault): () => void
  /** Those in force, with how many each has met. */
  list(): readonly { readonly number: number; readonly fault: Fault; readonly met: number }[]
  /** Ends the one with that number; false when it is not in force. */
  remove(number: number): boolean
  clear(): void
}

/** The rules as the server and the sender use them. */
export type Meeting<Fault extends FaultLimits> = {
  meet(fits: (fault: Fault) => boolean): { number: number; fault: Fault } | undefined
}

type Active<Fault> = {
  readonly number: number
  readonly fault: Fault
  readonly endsAt: number
  readonly chance: () => number
  met: number
}

export function createFaultRules<Fault extends FaultLimits>(
  clock: Clock,
): FaultRules<Fault> & Meeting<Fault> {
  let active: Active<Fault>[] = []
  let number = 0

  const isOver = ({ fault, met, endsAt }: Active<Fault>): boolean =>
    met >= (fault.count ?? Infinity) || clock.now() >= endsAt

  return {
    add: (fault) => {
      const entry: Active<Fault> = {
        number: (number += 1),
        fault,
        endsAt: clock.now() + (fault.ttlMs ?? Infinity),
        chance: createRandom(fault.seed ?? 1),
        met: 0,
      }
      active.unshift(entry)
      return () => {
        active = active.filter((other) => other !== entry)
      }
    },
    list: () => active.filter((entry) => !isOver(entry)),
    remove: (number) => {
      const entry = active.find((one) => one.number === number && !isOver(one))
      active = active.filter((other) => other !== entry)
      return entry !== undefined
    },
    clear: () => {
      active = []
    },
    meet: (fits) => {
      if (active.length === 0) return undefined
      active = active.filter((entry) => !isOver(entry))
      const entry = active.find(
        ({ fault, chance }) => fits(fault) && chance() < (fault.probability ?? 1),
      )
      if (!entry) return undefined
      entry.met += 1
      return { number: entry.number, fault: entry.fault }
    },
  }
}
