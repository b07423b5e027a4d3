// /_control/rate-limits: the allowed requests per second.
import type { Hono } from 'hono'
import { z } from 'zod'
import { attioRateLimits } from '../api/access/rate-limits.ts'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { answerOrRefuse, readJson } from './json.ts'

const perSecond = z.int().min(0)

const limits = z.strictObject({
  /** Absent limits are Attio's; false lifts all limits. */
  limits: z.union([
    z.literal(false),
    z.strictObject({
      reads: perSecond.exactOptional(),
      writes: perSecond.exactOptional(),
      perOperation: z.record(z.string(), perSecond).exactOptional(),
    }),
  ]),
})

export function addRateLimitRoutes({ rateLimits }: Parts, routes: Hono<Env>): void {
  const path = '/_control/rate-limits'

  routes.get(path, (c) => c.json({ limits: rateLimits.settings }))

  routes.put(path, async (c) => {
    const read = await readJson(c, limits)
    if (read.kind === 'refused') return read.answer
    const { limits: wanted } = read.body
    return answerOrRefuse(c, () => {
      rateLimits.settings = wanted === false ? false : { ...attioRateLimits, ...wanted }
      return { limits: rateLimits.settings }
    })
  })
}
