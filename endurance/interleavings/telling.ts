// The state of a story while it is told.
import {
  createModel,
  type AuthorizationRequest,
  type Callback,
  type Model,
} from './interleaving-model.ts'
import { browserOfTab, type Tab } from './interleaving-steps.ts'
import type { InterleavingTestbed } from './interleaving-testbed.ts'
import { newPlace, type Place } from './places.ts'

/** A story while it is told: what has happened so far, on the testbed and in the model. */
export interface Telling {
  readonly testbed: InterleavingTestbed
  readonly model: Model
  /** The two browsers. */
  readonly places: readonly [Place, Place]
  /** Where Taskr sent the browser for each request. */
  readonly urls: Map<AuthorizationRequest, string>
  readonly callbacks: BroughtBack[]
  /** The requests that a gate holds, each with what lets it go. */
  readonly inFlight: Map<Tab, () => Promise<void>>
  readonly codes: string[]
  readonly count: { connected: number; refused: number; held: number }
}

export interface BroughtBack {
  readonly callback: Callback
  readonly address: string
  readonly code: string | undefined
}

export function beginTelling(testbed: InterleavingTestbed): Telling {
  return {
    testbed,
    model: createModel(),
    places: [newPlace(testbed), newPlace(testbed)],
    urls: new Map(),
    callbacks: [],
    inFlight: new Map(),
    codes: [],
    count: { connected: 0, refused: 0, held: 0 },
  }
}

export function placeOf({ places }: Telling, { tab }: { readonly tab: Tab }): Place {
  return places[browserOfTab[tab]]
}
