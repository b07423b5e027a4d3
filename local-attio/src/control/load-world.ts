// Puts another world in place of this one, or says why it cannot be.
import { readWorldState } from '../seed/world-file.ts'
import type { Seed } from '../seed/seed.ts'
import type { World, WorldState } from '../world/world.ts'
import type { Control } from './control.ts'

export type ReadWorld =
  | { readonly kind: 'read'; readonly world: WorldState }
  | { readonly kind: 'refused'; readonly problem: string }

/** A saved world as text; kinds of documents that nobody knows are refused. */
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

/** What is wrong with it; undefined when it is in place. The old world stays when something is. */
export function loadWorld(control: Control, seed: Seed | undefined): string | undefined {
  try {
    control.reset(seed)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
