// The JSON Schema of saved worlds, which are also the files of `--seed`.
import { z } from 'zod'
import type { World } from '../world/world.ts'

export function worldSchema(world: World): object {
  const collections = Array.from(
    world.schemas,
    ([name, schema]) => [name, z.array(schema).exactOptional()] as const,
  )
  const file = z.strictObject({
    version: z.literal(1),
    collections: z.strictObject(Object.fromEntries(collections)),
  })
  return z.toJSONSchema(file, { unrepresentable: 'any', io: 'input' })
}
