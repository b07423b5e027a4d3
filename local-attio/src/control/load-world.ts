// Replaces the world with a saved one, or returns the reason why it cannot.
import { readWorldState } from '../seed/world-file.ts'
import type { Seed } from '../seed/seed.ts'
import type { World, WorldState } from '../world/world.ts'
import type { Control } from './control.ts'

export type ReadWorld =
  | { readonly kind: 'read'; readonly world: WorldState }
  | { readonly kind: 'refused'; readonly problem: string }

/** Parses a saved world; refuses unknown collections. */
export function readWorld(world: World, text: string): ReadWorld {
  try {
    const state = readWorldState(text)
    const known = new Set<string>(world.collections.map(({ name }) => name))
    const unknown = Object.keys(state.collections).find((name) => !known.has(name))
    return unknown === undefined
      ? { kind: 'read', world: state }
      : { kind: 'refused', problem: `A world has no "${unknown}".` }
  } catch {
    return { kind: 'refused', problem: 'That is not a world saved from a local Attio.' }
  }
}

/** Loads a world. On failure returns the problem and keeps the old world; returns undefined on success. */
export function loadWorld(control: Control, seed: Seed | undefined): string | undefined {
  try {
    control.reset(seed)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
