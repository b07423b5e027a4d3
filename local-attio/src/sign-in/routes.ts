// Signs a browser in as the person whose button was pressed, and signs it out.
import type { Hono } from 'hono'
import type { Env } from '../http.ts'
import { foreignPost, sendPage } from '../pages/layout.ts'
import { isSameOrigin } from '../guard/same-origin.ts'
import type { Parts } from '../parts.ts'
import { safeReturn } from '../people/safe-return.ts'
import { personOf, signIn, signOut } from '../people/session.ts'
import { signInPage } from './views.ts'

export function addSignIn(parts: Parts, pages: Hono<Env>): void {
  pages.get('/sign-in', (c) => {
    const returnTo = safeReturn(c.req.query('return_to'))
    return sendPage(c, signInPage(parts.world, { returnTo, person: personOf(parts, c) }))
  })

  pages.post('/sign-in', async (c) => {
    if (!isSameOrigin(c)) return foreignPost(c)
    const form = new URLSearchParams(await c.req.text())
    const person = parts.world.people.get(form.get('person') ?? '')
    const returnTo = safeReturn(form.get('return_to') ?? undefined)
    if (!person) return c.redirect(`/sign-in?return_to=${encodeURIComponent(returnTo)}`, 303)
    signIn(parts, c, person)
    return c.redirect(returnTo, 303)
  })

  pages.post('/sign-out', async (c) => {
    if (!isSameOrigin(c)) return foreignPost(c)
    const form = new URLSearchParams(await c.req.text())
    signOut(parts, c)
    const returnTo = safeReturn(form.get('return_to') ?? undefined)
    return c.redirect(`/sign-in?return_to=${encodeURIComponent(returnTo)}`, 303)
  })
}
