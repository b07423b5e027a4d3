// The link of an invitation: its secret moves from the address into a cookie, and the page says whom it is for.
import { Hono } from 'hono'
import { paths } from '../addresses.ts'
import { invitationCookie } from '../cookies.ts'
import { signedIn } from '../pages.ts'
import { readForm } from '../read-form.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { SeenInvitation } from '../../connections/connections.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import { invitationPage, refusedInvitationPage } from './views/invitation.ts'

/** Long enough to sign up in another tab, and shorter than any invitation. */
const cookieMs = 24 * 3_600_000

export function invitationRoutes(parts: RouteParts) {
  const { accounts, cookies, pages, seats } = parts
  const routes = new Hono<WebEnv>()

  routes.get(paths.invitationLink, (context) => {
    context.header('referrer-policy', 'no-referrer')
    context.header('cache-control', 'no-store')
    const secret = context.req.param('secret')
    // A secret of another shape is none; the page says so.
    const value = /^[\w-]{1,100}$/.test(secret) ? secret : 'none'
    cookies.write(context, { name: invitationCookie, value, maxAgeMs: cookieMs })
    return context.redirect(paths.invitation, 303)
  })

  routes.get(paths.invitation, async (context) => {
    const session = context.get('session')
    const seen = await seats.see(secretOf(context), session?.accountId)
    if (seen.kind === 'refused') return refused(context, seen)
    const { invitation, member, workspaceName } = seen
    const page = invitationPage({
      frame: pages.frame(context),
      workspaceName,
      memberName: member.name,
      rights: invitation,
      maySignUp: accounts.signUpRule.mode !== 'closed',
    })
    return context.html(page)
  })

  routes.post(paths.invitation, async (context) => {
    const { accountId } = signedIn(context)
    await readForm(context, {})
    const joined = await seats.join(accountId, secretOf(context))
    if (joined.kind === 'refused') return refused(context, joined)
    cookies.remove(context, invitationCookie)
    const { connection, memberName } = joined
    const { workspaceName } = connection
    leaveToast(cookies, context, { kind: 'seat', what: 'joined', workspaceName, name: memberName })
    return context.redirect(paths.home, 303)
  })

  function secretOf(context: WebContext): string {
    return cookies.read(context, invitationCookie) ?? ''
  }

  function refused(
    context: WebContext,
    { connectionId, refusal, workspaceName }: Extract<SeenInvitation, { kind: 'refused' }>,
  ): Response | Promise<Response> {
    const frame = pages.frame(context)
    const page = refusedInvitationPage({ frame, refusal, workspaceName, connectionId })
    return context.html(page, refusal.kind === 'unknown' ? 404 : 409)
  }

  return routes
}
