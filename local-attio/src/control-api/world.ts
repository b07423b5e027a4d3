// /_control/world and /_control/reset: reads, replaces and resets the world.
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { seedNames, type Seed } from '../seed/seed.ts'
import type { Control } from '../control/control.ts'
import { loadWorld, readWorld } from '../control/load-world.ts'
import { optionalObjects } from '../seed/schema/optional-objects.ts'
import { answerOrRefuse, readJson, refuse } from './json.ts'
import { worldSchema } from './world-schema.ts'

const named = z.union([z.enum(seedNames), z.strictObject({ tasks: z.int().min(0).max(100_000) })])

const resetting = z.strictObject({ seed: named.exactOptional() })

export function addWorldRoutes(parts: Parts, control: Control, routes: Hono<Env>): void {
  const { world } = parts

  routes.get('/_control/world', (c) => {
    c.header('content-disposition', 'attachment; filename="world.json"')
    return c.json(world.save())
  })

  routes.get('/_control/world/schema', (c) => c.json(worldSchema(world)))

  // A saved world.
  routes.put('/_control/world', async (c) => {
    const state = readWorld(world, await c.req.text())
    if (state.kind === 'refused') return refuse(c, state.problem)
    return load(c, control, state.world)
  })

  // An admin does the same under Workspace settings → Objects.
  routes.put('/_control/workspaces/:workspace/objects/:slug', (c) => {
    const slug = optionalObjects.find((one) => one === c.req.param('slug'))
    if (!slug) return refuse(c, `Only ${optionalObjects.join(' and ')} can be switched on.`)
    return answerOrRefuse(c, () => control.activateObject(c.req.param('workspace'), slug))
  })

  routes.post('/_control/reset', async (c) => {
    const read = await readJson(c, resetting)
    if (read.kind === 'refused') return read.answer
    return load(c, control, read.body.seed)
  })
}

function load(c: Context<Env>, control: Control, seed: Seed | undefined): Response {
  const problem = loadWorld(control, seed)
  return problem === undefined ? c.body(null, 204) : refuse(c, problem)
}
