// The rules that all kinds of fault share: probability, count and duration.
import { createRandom } from '../seeded-random.ts'
import type { Clock } from '../clock.ts'

export type FaultLimits = {
  /** The share of matching requests that it affects, 0 to 1. Default: all. */
  readonly probability?: number
  /** The same seed selects the same requests. Default: 1. */
  readonly seed?: number
  /** The fault ends after it has affected this many requests. */
  readonly count?: number
  /** The fault ends after this many milliseconds of the local Attio's clock. */
  readonly ttlMs?: number
}

export type FaultRules<Fault extends FaultLimits> = {
  /** Adds a fault; the newest one that matches is used. Returns a function that ends it. */
  add(fault: Fault): () => void
  /** The active faults, each with the number of requests it has affected. */
  list(): readonly { readonly number: number; readonly fault: Fault; readonly met: number }[]
  /** Ends the fault with this number; false when it is not active. */
  remove(number: number): boolean
  clear(): void
}

/** The rules, for the server and the sender. */
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
