// Reads a saved world from text. Its documents are checked when they are put into memory.
import { z } from 'zod'
import type { WorldState } from '../world/world.ts'

const worldState = z.strictObject({
  version: z.literal(1),
  collections: z.record(z.string(), z.array(z.unknown())),
})

/** Throws when the text is not a saved world. */
export function readWorldState(text: string): WorldState {
  const parsed = worldState.safeParse(JSON.parse(text))
  if (parsed.success) return parsed.data
  throw new Error('That file is not a world saved from a local Attio.')
}
