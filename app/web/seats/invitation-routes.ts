// The link of an invitation: its secret moves from the address into a cookie, and the page says whom it is for.
import type { SeenInvitation } from '../../connections/connections.ts'
import { paths } from '../addresses.ts'
import { invitationCookie } from '../cookies.ts'
import { signedIn } from '../pages.ts'
import { readForm } from '../read-form.ts'
import { valueInPath } from '../request-path.ts'
import type { Route } from '../routes.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { invitationPage, refusedInvitationPage } from './views/invitation.ts'

export const invitationRoutes: readonly Route[] = [
  ['GET', paths.invitationLink, rememberInvitation],
  ['GET', paths.invitation, showInvitation],
  ['POST', paths.invitation, join],
]

/** Long enough to sign up in another tab, and shorter than any invitation. */
const cookieMs = 24 * 3_600_000

function rememberInvitation({ cookies }: RouteParts, context: WebContext): Response {
  context.header('referrer-policy', 'no-referrer')
  context.header('cache-control', 'no-store')
  const secret = valueInPath(context, 'secret')
  // A secret of another shape is none; the page says so.
  const value = /^[\w-]{1,100}$/.test(secret) ? secret : 'none'
  cookies.write(context, { name: invitationCookie, value, maxAgeMs: cookieMs })
  return context.redirect(paths.invitation, 303)
}

async function showInvitation(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accounts, pages, seats } = parts
  const session = context.get('session')
  const seen = await seats.see(secretOf(parts, context), session?.accountId)
  if (seen.kind === 'refused') return await refuse(parts, context, seen)
  const { invitation, member, workspaceName } = seen
  const page = invitationPage({
    frame: pages.frame(context),
    workspaceName,
    memberName: member.name,
    rights: invitation,
    maySignUp: accounts.signUpRule.mode !== 'closed',
  })
  return context.html(page)
}

async function join(parts: RouteParts, context: WebContext): Promise<Response> {
  const { cookies, seats } = parts
  const { accountId } = signedIn(context)
  await readForm(context, {})
  const joined = await seats.join(accountId, secretOf(parts, context))
  if (joined.kind === 'refused') return await refuse(parts, context, joined)
  cookies.remove(context, invitationCookie)
  const { connection, memberName: name } = joined
  const { workspaceName } = connection
  leaveToast(cookies, context, { kind: 'seat', what: 'joined', workspaceName, name })
  return context.redirect(paths.home, 303)
}

function secretOf({ cookies }: RouteParts, context: WebContext): string {
  return cookies.read(context, invitationCookie) ?? ''
}

async function refuse(
  { pages }: RouteParts,
  context: WebContext,
  { connectionId, refusal, workspaceName }: Extract<SeenInvitation, { kind: 'refused' }>,
): Promise<Response> {
  const frame = pages.frame(context)
  const page = refusedInvitationPage({ frame, refusal, workspaceName, connectionId })
  return context.html(page, refusal.kind === 'unknown' ? 404 : 409)
}
