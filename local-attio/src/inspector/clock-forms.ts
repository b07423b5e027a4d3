// The forms that freeze, resume and advance the clock.
import type { Hono } from 'hono'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { longestAdvanceMs } from '../control-api/clock.ts'
import { said } from './notices.ts'
import type { Refuse } from './page.ts'

export const units: Readonly<Record<string, number>> = {
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
}

export function addClockForms({ clock }: Parts, refuse: Refuse, routes: Hono<Env>): void {
  routes.post('/_control/forms/clock', async (c) => {
    const isFrozen = new URLSearchParams(await c.req.text()).get('frozen') === 'yes'
    if (isFrozen) clock.freeze()
    else clock.resume()
    return said(c, isFrozen ? 'clock-frozen' : 'clock-resumed')
  })

  routes.post('/_control/forms/clock/advance', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const amount = form.get('amount') ?? ''
    const unit = form.get('unit') ?? ''
    const ms = Number(amount) * (units[unit] ?? Number.NaN)
    if (/^\d+$/.test(amount) && ms <= longestAdvanceMs) {
      await clock.advance(ms)
      return said(c, 'clock-advanced')
    }
    const message = 'Enter a whole number, a hundred years at most.'
    return refuse(c, { advance: { amount, unit }, problems: [{ field: 'amount', message }] })
  })
}
