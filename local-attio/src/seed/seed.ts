// The worlds a local Attio can begin with.
import type { WorldState } from '../world/world.ts'
import { standardWorld } from './standard-world.ts'

export const seedNames = ['standard', 'no-tasks', 'one-task', '500-tasks', '10000-tasks'] as const

export type SeedName = (typeof seedNames)[number]

/** A name, the standard world with so many tasks in Acme Robotics, or a world that was saved. */
export type Seed = SeedName | { readonly tasks: number } | WorldState

/** The documents of a seed. Deadlines and ages are counted from `at`; the ids are always the same. */
export function growSeed(seed: Seed, at: number): WorldState {
  if (typeof seed === 'string') return standardWorld(at, taskCounts[seed])
  if ('tasks' in seed) return standardWorld(at, seed.tasks)
  return seed
}

const taskCounts: Readonly<Record<SeedName, number | undefined>> = {
  standard: undefined,
  'no-tasks': 0,
  'one-task': 1,
  '500-tasks': 500,
  '10000-tasks': 10_000,
}
