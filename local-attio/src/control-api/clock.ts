// /_control/clock: reads, freezes, resumes and advances the clock.
import type { Hono } from 'hono'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { instant } from './instants.ts'
import { readJson } from './json.ts'

const freezing = z.strictObject({ at: instant.exactOptional() })

/** A hundred years: the limit keeps dates valid. */
export const longestAdvanceMs = 100 * 366 * 86_400_000

const advancing = z.strictObject({ ms: z.number().min(0).max(longestAdvanceMs) })

export function addClockRoutes({ clock }: Parts, routes: Hono<Env>): void {
  const path = '/_control/clock'

  routes.get(path, (c) => c.json(stateOf(clock)))

  routes.post(`${path}/freeze`, async (c) => {
    const read = await readJson(c, freezing)
    if (read.kind === 'refused') return read.answer
    clock.freeze(read.body.at)
    return c.json(stateOf(clock))
  })

  routes.post(`${path}/resume`, (c) => {
    clock.resume()
    return c.json(stateOf(clock))
  })

  // Answers when every due call has finished.
  routes.post(`${path}/advance`, async (c) => {
    const read = await readJson(c, advancing)
    if (read.kind === 'refused') return read.answer
    await clock.advance(read.body.ms)
    return c.json(stateOf(clock))
  })
}

function stateOf(clock: Clock) {
  const now = clock.now()
  return { now, instant: new Date(now).toISOString(), isFrozen: clock.isFrozen }
}
