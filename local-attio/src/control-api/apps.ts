// /_control/apps, /_control/access-tokens: apps, their scopes, tokens and installations, without the dashboard.
import type { Hono } from 'hono'
import { z } from 'zod'
import { issueAccessToken, registerApp } from '../control/apps.ts'
import type { Control } from '../control/control.ts'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { answerOrRefuse, readJson } from './json.ts'
import { registration } from '../control/registration.ts'

const scopes = z.strictObject({ scopes: z.array(z.string()) })

const grant = z.strictObject({
  clientId: z.string(),
  workspace: z.string(),
  memberEmail: z.string().exactOptional(),
  memberId: z.string().exactOptional(),
  scopes: z.array(z.string()).exactOptional(),
})

export function addAppRoutes(parts: Parts, control: Control, routes: Hono<Env>): void {
  routes.put('/_control/apps', async (c) => {
    const read = await readJson(c, registration)
    if (read.kind === 'refused') return read.answer
    return answerOrRefuse(c, () => registerApp(parts, read.body))
  })

  routes.put('/_control/apps/:app/scopes', async (c) => {
    const read = await readJson(c, scopes)
    if (read.kind === 'refused') return read.answer
    return answerOrRefuse(c, () => control.setAppScopes(c.req.param('app'), read.body.scopes))
  })

  // An admin does the same under Workspace settings → Apps.
  routes.delete('/_control/workspaces/:workspace/apps/:app', (c) =>
    answerOrRefuse(c, () => control.removeApp(c.req.param('app'), c.req.param('workspace'))),
  )

  routes.post('/_control/access-tokens', async (c) => {
    const read = await readJson(c, grant)
    if (read.kind === 'refused') return read.answer
    return answerOrRefuse(c, () => ({ accessToken: issueAccessToken(parts, read.body) }))
  })
}
