// The forms that reset the world or load one from a file.
import type { Context, Hono } from 'hono'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { seedNames } from '../seed/seed.ts'
import type { Control } from '../control/control.ts'
import { loadWorld, readWorld } from '../control/load-world.ts'
import { said } from './notices.ts'
import type { Refuse } from './page.ts'

export function addWorldForms(
  { world }: Parts,
  control: Control,
  refuse: Refuse,
  routes: Hono<Env>,
): void {
  routes.post('/_control/forms/reset', async (c) => {
    const wanted = new URLSearchParams(await c.req.text()).get('seed')
    control.reset(seedNames.find((name) => name === wanted))
    return said(c, 'world-reset')
  })

  routes.post('/_control/forms/world', async (c) => {
    const problem = load(await fileOf(c))
    return problem === undefined
      ? said(c, 'world-loaded')
      : refuse(c, { problems: [{ field: 'file', message: problem }] })
  })

  /** Returns the problem with the file; undefined when the world is loaded. */
  const load = (text: string | undefined): string | undefined => {
    if (text === undefined || text === '') return 'Choose a file first.'
    const read = readWorld(world, text)
    return read.kind === 'refused' ? read.problem : loadWorld(control, read.world)
  }
}

/** The body has already been read as text; a saved world is text, so its parts can be parsed from that. */
async function fileOf(c: Context<Env>): Promise<string | undefined> {
  const type = c.req.header('content-type') ?? ''
  if (!type.startsWith('multipart/form-data')) return undefined
  const body = new Response(await c.req.text(), { headers: { 'content-type': type } })
  const file = await body.formData().then(
    (form) => form.get('file'),
    () => null,
  )
  return file instanceof File ? file.text() : undefined
}
