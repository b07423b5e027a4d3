// /_control/consent: allows or denies an app as a person, without a browser.
import type { Hono } from 'hono'
import { z } from 'zod'
import type { Control } from '../control/control.ts'
import type { Env } from '../http.ts'
import { answerOrRefuse, readJson } from './json.ts'

const consent = z.strictObject({
  url: z.string(),
  person: z.string(),
  workspace: z.string(),
  decision: z.enum(['allow', 'deny']).exactOptional(),
})

export function addConsentRoutes(control: Control, routes: Hono<Env>): void {
  routes.post('/_control/consent', async (c) => {
    const read = await readJson(c, consent)
    if (read.kind === 'refused') return read.answer
    return answerOrRefuse(c, () => {
      const location = control.consent(read.body)
      return { location: location.href, parameters: Object.fromEntries(location.searchParams) }
    })
  })
}
