// Logging in through the identity provider: there, and back.
import { Hono } from 'hono'
import { signOnLastsMs, type FinishedSignOn, type SingleSignOn } from '../../accounts/accounts.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import { askForCode, enter } from '../account/enter.ts'
import { openInvitation } from '../account/open-invitation.ts'
import { logInAddress, paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { arrivalCookie, signOnCookiePrefix } from '../cookies.ts'
import { Problem } from '../problem.ts'
import { readForm, textField } from '../read-form.ts'
import { safeReturnTo } from '../return-to.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import { refuseSignOn } from './refuse-sign-on.ts'
import { continuePage } from './views/continue.ts'

export function signOnRoutes(parts: RouteParts, signOn: SingleSignOn) {
  const { accounts, cookies, pages, site } = parts
  const refuse = refuseSignOn(parts, signOn)
  const routes = new Hono<WebEnv>()

  routes.post(paths.signOn, async (context) => {
    const { returnTo } = await readForm(context, { returnTo: textField })
    const client = clientOfRequest(context, site)
    const begun = await signOn.begin(safeReturnTo(returnTo) ?? '', client)
    if (begun.kind === 'too-many') throw new Problem(begun)
    if (begun.kind === 'unreachable') return refuse(context, 'unreachable')
    const value = begun.browserSecret.reveal()
    const name = signOnCookiePrefix + sha256Base64Url(value).slice(0, 8)
    cookies.write(context, { name, value, maxAgeMs: signOnLastsMs })
    // The policy of pages lets a form lead to the issuer only; a link may lead anywhere.
    if (begun.address.origin === site.signOnOrigin) return context.redirect(begun.address.href, 303)
    const page = { frame: pages.frame(context), label: signOn.label, address: begun.address.href }
    return context.html(continuePage(page))
  })

  routes.get(paths.signOnCallback, async (context) => {
    context.header('referrer-policy', 'no-referrer')
    // Hono routes HEAD here, too, and a HEAD request must not use up the answer.
    if (context.req.method !== 'GET') {
      context.header('allow', 'GET')
      throw new Problem({ kind: 'method-not-allowed' })
    }
    const finished = await signOn.finish({
      address: new URL(context.req.url),
      browserValues: cookies.readAll(context, signOnCookiePrefix),
      invitation: await openInvitation(parts, context),
      client: clientOfRequest(context, site),
    })
    return await goOn(context, finished)
  })

  async function goOn(context: WebContext, finished: FinishedSignOn): Promise<Response> {
    const session = context.get('session')
    switch (finished.kind) {
      case 'signed-in':
        if (session !== undefined) await accounts.signOut(session)
        return await enter(parts, context, finished, finished.returnTo)
      case 'code-needed':
        return askForCode(parts, context, finished, finished.returnTo)
      case 'link-needed':
      case 'name-needed': {
        const isLinking = finished.kind === 'link-needed'
        if (session !== undefined && !isLinking) return await refuse(context, 'other-address')
        const value = finished.arrival.reveal()
        cookies.write(context, { name: arrivalCookie, value, maxAgeMs: signOnLastsMs })
        if (!isLinking) return context.redirect(paths.signOnSignUp, 303)
        if (session !== undefined) return context.redirect(paths.signOnLink, 303)
        const returnTo = paths.signOnLink
        return context.redirect(logInAddress({ reason: 'link-sign-on', returnTo }), 303)
      }
      case 'not-admitted':
        return await refuse(context, finished.why)
      case 'denied':
      case 'invalid':
      case 'locked':
      case 'no-verified-address':
      case 'unknown':
      case 'unreachable':
        return await refuse(context, finished.kind)
    }
  }

  return routes
}
