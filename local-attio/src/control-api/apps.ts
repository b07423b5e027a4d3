// /_control/apps and /_control/access-tokens: what a program in another language needs to begin with.
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { issueAccessToken, registerApp } from '../control/apps.ts'
import { readJson, refuse } from './json.ts'

const registration = z.strictObject({
  name: z.string().min(1),
  redirectUris: z.array(z.string()),
  scopes: z.array(z.string()),
})

const grant = z.strictObject({
  clientId: z.string(),
  workspace: z.string(),
  memberEmail: z.string().exactOptional(),
  memberId: z.string().exactOptional(),
  scopes: z.array(z.string()).exactOptional(),
})

export function addAppRoutes(parts: Parts, routes: Hono<Env>): void {
  routes.put('/_control/apps', async (c) => {
    const read = await readJson(c, registration)
    if (read.kind === 'refused') return read.answer
    return answerOrRefuse(c, () => registerApp(parts, read.body))
  })

  routes.post('/_control/access-tokens', async (c) => {
    const read = await readJson(c, grant)
    if (read.kind === 'refused') return read.answer
    return answerOrRefuse(c, () => ({ accessToken: issueAccessToken(parts, read.body) }))
  })
}

/** In process these throw at whoever wrote the wrong name; here it is an answer. */
function answerOrRefuse(c: Context<Env>, work: () => Readonly<Record<string, string>>): Response {
  try {
    return c.json(work())
  } catch (error) {
    return refuse(c, error instanceof Error ? error.message : String(error))
  }
}
