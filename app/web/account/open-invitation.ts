// The invitation to a seat whose link a browser has opened: where sign-up is by invitation, it lets its holder sign up.
import { invitationCookie } from '../cookies.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'

/** Returns the secret of the invitation whose link this browser opened, while it can be used. */
export async function openInvitation(
  { cookies, seats }: RouteParts,
  context: WebContext,
): Promise<string | undefined> {
  const secret = cookies.read(context, invitationCookie)
  if (secret === undefined) return undefined
  const seen = await seats.see(secret, undefined)
  return seen.kind === 'open' ? secret : undefined
}
