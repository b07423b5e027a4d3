// Connections → Acme → People, for the owner of a connection: invite members, change what they may do, remove them.
import { z } from 'zod'
import type { SeatList, SeatRights } from '../../connections/connections.ts'
import { asAccountId, asMemberId } from '../../support/ids.ts'
import { addressOf, paths } from '../addresses.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { readForm } from '../read-form.ts'
import { valueInPath } from '../request-path.ts'
import type { Route } from '../routes.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { hereOf, listOwned, pageOf } from './people-page.ts'
import type { NewLink } from './views/people.ts'

export const peopleRoutes: readonly Route[] = [
  ['GET', paths.people, showPeople],
  ['POST', paths.invitations, invite],
  ['POST', paths.invitationWithdrawal, withdrawInvitation],
  ['POST', paths.seatRights, changeRights],
  ['POST', paths.seatRemoval, removeSeat],
]

const rightsFields = {
  sees: z.enum(['own', 'everyone']),
  mayLink: z.literal('yes').optional(),
}

const memberIds = z.array(z.string().max(64)).max(1_000)

const invitationFields = {
  ...rightsFields,
  everyone: z.literal('yes').optional(),
  'member[]': memberIds,
  'shown[]': memberIds,
}

async function showPeople(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  return context.html(await pageOf(parts, context, session, await listOwned(parts, context)))
}

/** Answers with the page itself instead of a redirect, because the links are shown once and stored nowhere. */
async function invite(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const form = await readForm(context, invitationFields, ['member[]', 'shown[]'])
  const list = await listOwned(parts, context)
  // Everyone means everyone whom the page showed without an invitation.
  const chosen = form.everyone === undefined ? form['member[]'] : form['shown[]']
  const owner = ownerOf(list)
  const invited = (await parts.seats.invite(owner, chosen.map(asMemberId), rightsOf(form))) ?? []
  if (invited.length === 0) {
    leaveToast(parts.cookies, context, { kind: 'seat', what: 'none-invited' })
    return context.redirect(hereOf(context, list), 303)
  }
  const links = invited.map(({ isMailed, member, secret }): NewLink => {
    const link = addressOf(paths.invitationLink, { secret: secret.reveal() })
    const { emailAddress, name } = member
    return { name, emailAddress, link: new URL(link, parts.site.publicUrl).href, isMailed }
  })
  context.header('cache-control', 'no-store')
  const withInvited = await listOwned(parts, context)
  return context.html(await pageOf(parts, context, session, withInvited, links))
}

async function withdrawInvitation(parts: RouteParts, context: WebContext): Promise<Response> {
  await readForm(context, {})
  const list = await listOwned(parts, context)
  const memberId = asMemberId(valueInPath(context, 'memberId'))
  const isWithdrawn = await parts.seats.withdraw(ownerOf(list), memberId)
  const what = isWithdrawn ? 'withdrawn' : 'gone'
  leaveToast(parts.cookies, context, { kind: 'seat', what })
  return context.redirect(hereOf(context, list), 303)
}

async function changeRights(parts: RouteParts, context: WebContext): Promise<Response> {
  const form = await readForm(context, rightsFields)
  const list = await listOwned(parts, context)
  const accountId = asAccountId(valueInPath(context, 'accountId'))
  const seat = list.seats.find((one) => one.accountId === accountId)
  if (!(await parts.seats.changeRights(ownerOf(list), accountId, rightsOf(form)))) {
    throw new Problem({ kind: 'not-found' })
  }
  const toast = { kind: 'seat', what: 'rights-saved', name: seat?.memberName } as const
  leaveToast(parts.cookies, context, toast)
  return context.redirect(hereOf(context, list), 303)
}

async function removeSeat(parts: RouteParts, context: WebContext): Promise<Response> {
  await readForm(context, {})
  const list = await listOwned(parts, context)
  const accountId = asAccountId(valueInPath(context, 'accountId'))
  const removed = await parts.seats.remove(ownerOf(list), accountId)
  if (removed === undefined) throw new Problem({ kind: 'not-found' })
  const { seat, unsent } = removed
  const toast = { kind: 'seat', what: 'removed', name: seat.memberName } as const
  leaveToast(parts.cookies, context, { ...toast, unsent: unsent.length })
  return context.redirect(hereOf(context, list), 303)
}

function ownerOf({ connection: { accountId, connectionId } }: SeatList) {
  return { accountId, connectionId }
}

function rightsOf(form: {
  readonly sees: SeatRights['sees']
  readonly mayLink?: 'yes' | undefined
}): SeatRights {
  return { sees: form.sees, mayLink: form.mayLink !== undefined }
}
