// /_control/faults and /_control/webhook-faults: lists, adds and removes faults.
import type { Hono } from 'hono'
import type { z } from 'zod'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { masked } from '../journal/masking.ts'
import type { FaultLimits, FaultRules } from '../faults/fault-rules.ts'
import { faultBody, webhookFaultBody } from './fault-schema.ts'
import { answerOrRefuse, readJson } from './json.ts'

export function addFaultRoutes({ faults, webhooks }: Parts, routes: Hono<Env>): void {
  addRules(routes, '/_control/faults', faults, faultBody)
  addRules(routes, '/_control/webhook-faults', webhooks.faults, webhookFaultBody)
}

function addRules<Fault extends FaultLimits>(
  routes: Hono<Env>,
  path: string,
  rules: FaultRules<Fault>,
  schema: z.ZodType<Fault>,
): void {
  routes.get(path, (c) =>
    c.json({
      faults: rules.list().map(({ number, met, fault }) => ({
        number,
        met,
        fault: 'token' in fault ? { ...fault, token: masked } : fault,
      })),
    }),
  )

  routes.post(path, async (c) => {
    const read = await readJson(c, schema)
    if (read.kind === 'refused') return read.answer
    return answerOrRefuse(
      c,
      () => {
        rules.add(read.body)
        return { number: rules.list()[0]?.number }
      },
      201,
    )
  })

  routes.delete(path, (c) => {
    rules.clear()
    return c.body(null, 204)
  })

  routes.delete(`${path}/:number`, (c) => {
    const isThere = rules.remove(Number(c.req.param('number')))
    return isThere
      ? c.body(null, 204)
      : c.json({ local_attio: 'There is no fault with this number in force.' }, 404)
  })
}
