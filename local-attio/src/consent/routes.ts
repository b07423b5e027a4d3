// Stands for app.attio.com/authorize. The form posts to the address of its page, so that every check
// runs again on the app's exact request.
import type { Context, Hono } from 'hono'
import type { Env } from '../http.ts'
import { isSameOrigin } from '../guard/same-origin.ts'
import { foreignPost, sendPage } from '../pages/layout.ts'
import type { Parts } from '../parts.ts'
import { personOf } from '../people/session.ts'
import { redirectUriOf, type AuthorizationRequest } from '../authorization/checks.ts'
import { decide, examine, type Decided } from '../authorization/decide.ts'
import { parseRawQuery } from '../authorization/raw-query.ts'
import { consentPage, refusedPage } from './views.ts'

export function addConsent(parts: Parts, consent: Hono<Env>): void {
  consent.get('/authorize', async (c) => {
    const request = requestOf(parts, c, undefined)
    const refused = examine(request)
    if (refused) return answer(c, request, refused, 302)
    return sendPage(c, consentPage(request), { formTargets: [redirectUriOf(request)] })
  })

  consent.post('/authorize', async (c) => {
    if (!isSameOrigin(c)) return foreignPost(c)
    const form = new URLSearchParams(await c.req.text())
    const request = requestOf(parts, c, form.get('workspace') ?? undefined)
    const decision = form.get('decision') === 'allow' ? 'allow' : 'deny'
    // RFC 9700 §4.12: 303, so that no browser repeats the POST at the app.
    return answer(c, request, decide(parts, request, decision), 303)
  })
}

function requestOf(
  parts: Parts,
  c: Context<Env>,
  workspaceId: string | undefined,
): AuthorizationRequest {
  return {
    world: parts.world,
    query: parseRawQuery(new URL(c.req.url).search),
    person: personOf(parts, c),
    workspaceId,
  }
}

function answer(
  c: Context<Env>,
  request: AuthorizationRequest,
  decided: Decided,
  redirectStatus: 302 | 303,
): Response | Promise<Response> {
  switch (decided.kind) {
    case 'sent-back':
      c.header('cache-control', 'no-store')
      return c.redirect(decided.location, redirectStatus)
    case 'sign-in': {
      const here = `/authorize${request.query.text}`
      return c.redirect(`/sign-in?return_to=${encodeURIComponent(here)}`, 303)
    }
    case 'page':
      return sendPage(c, refusedPage(request, decided), { status: decided.status })
  }
}
