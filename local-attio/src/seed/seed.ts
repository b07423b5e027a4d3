// The possible initial worlds of a local Attio.
import type { World, WorldState } from '../world/world.ts'
import { standardWorld } from './standard-world.ts'

export const seedNames = ['standard', 'no-tasks', 'one-task', '500-tasks', '10000-tasks'] as const

export type SeedName = (typeof seedNames)[number]

/** A name, the standard world with a number of tasks in Acme Robotics, or a saved world. */
export type Seed = SeedName | { readonly tasks: number } | WorldState

/**
 * Replaces the world with the seed's. Deadlines and ages are relative to `at`; the ids are fixed. Throws
 * when a saved world is malformed.
 */
export function sow(world: World, seed: Seed, at: number): void {
  if (typeof seed === 'string') world.seed(standardWorld(at, taskCounts[seed]))
  else if ('tasks' in seed) world.seed(standardWorld(at, seed.tasks))
  else world.restore(seed)
}

const taskCounts: Readonly<Record<SeedName, number | undefined>> = {
  standard: undefined,
  'no-tasks': 0,
  'one-task': 1,
  '500-tasks': 500,
  '10000-tasks': 10_000,
}
