// Scripted failures: which requests they meet, how often, and for how long.
import { readToken } from '../api/authenticate.ts'
import type { Clock } from '../clock.ts'
import type { FaultAnswer } from './faulty-answer.ts'
import { matchesPath } from './journal.ts'

export type Fault = {
  /** Only requests with this method. */
  readonly method?: string
  /** Only requests to this path; "*" stands for anything. */
  readonly path?: string
  /** Only requests with this access token. */
  readonly token?: string
  /** Meets this share of them, 0 to 1. Default: all. */
  readonly probability?: number
  /** The same seed meets the same requests. Default: 1. */
  readonly seed?: number
  /** Ends after so many requests. */
  readonly count?: number
  /** Ends after so many milliseconds of the local Attio's clock. */
  readonly ttlMs?: number
  /** What happens instead of, or to, the real answer. */
  readonly answer: FaultAnswer
}

export type Faults = {
  /** Adds a fault; the newest one that fits is used. Returns its end. */
  add(fault: Fault): () => void
  /** Those in force, with how many requests each has met. */
  list(): readonly { readonly number: number; readonly fault: Fault; readonly met: number }[]
  clear(): void
  /** For the server: the fault that meets this request. */
  meet(request: Request, path: string): { number: number; answer: FaultAnswer } | undefined
}

type Active = {
  readonly number: number
  readonly fault: Fault
  readonly endsAt: number
  readonly chance: () => number
  met: number
}

export function createFaults(clock: Clock): Faults {
  let active: Active[] = []
  let number = 0

  const isOver = ({ fault, met, endsAt }: Active): boolean =>
    met >= (fault.count ?? Infinity) || clock.now() >= endsAt

  return {
    add: (fault) => {
      const entry: Active = {
        number: (number += 1),
        fault,
        endsAt: clock.now() + (fault.ttlMs ?? Infinity),
        chance: createChance(fault.seed ?? 1),
        met: 0,
      }
      active.unshift(entry)
      return () => {
        active = active.filter((other) => other !== entry)
      }
    },
    list: () => active.filter((entry) => !isOver(entry)),
    clear: () => {
      active = []
    },
    meet: (request, path) => {
      if (active.length === 0) return undefined
      active = active.filter((entry) => !isOver(entry))
      const entry = active.find(
        ({ fault, chance }) => fits(fault, request, path) && chance() < (fault.probability ?? 1),
      )
      if (!entry) return undefined
      entry.met += 1
      return { number: entry.number, answer: entry.fault.answer }
    },
  }
}

function fits(fault: Fault, request: Request, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== request.method) return false
  if (fault.path !== undefined && !matchesPath(fault.path, path)) return false
  const authorization = request.headers.get('authorization') ?? undefined
  return fault.token === undefined || fault.token === readToken(authorization)
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function createChance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
