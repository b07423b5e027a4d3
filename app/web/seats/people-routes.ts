// Connections → Acme → People, for the owner of a connection: invite members, change what they may do, remove them.
import { Hono } from 'hono'
import { z } from 'zod'
import type { Session } from '../../accounts/accounts.ts'
import type { SeatList, SeatRights } from '../../connections/connections.ts'
import { asAccountId, asConnectionId, asMemberId, type MemberId } from '../../support/ids.ts'
import type { MirroredMember } from '../../tasks/mirror.ts'
import { addressOf, paths } from '../addresses.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { readForm } from '../read-form.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import { peoplePage, type NewLink, type Person, type PersonState } from './views/people.ts'

const rightsShape = {
  sees: z.enum(['own', 'everyone']),
  mayLink: z.literal('yes').optional(),
}

export function peopleRoutes(parts: RouteParts) {
  const { cookies, seats, site } = parts
  const routes = new Hono<WebEnv>()

  routes.get(paths.people, async (context) => {
    const session = signedIn(context)
    return context.html(await page(parts, context, session, await listOwned(parts, context)))
  })

  // Answers with the page itself instead of a redirect, because the links are shown once and stored nowhere.
  routes.post(paths.invitations, async (context) => {
    const session = signedIn(context)
    const form = await readForm(
      context,
      {
        ...rightsShape,
        everyone: z.literal('yes').optional(),
        'member[]': z.array(z.string().max(64)).max(1_000),
      },
      ['member[]'],
    )
    const list = await listOwned(parts, context)
    const chosen =
      form.everyone === undefined
        ? form['member[]'].map(asMemberId)
        : await listInvitable(parts, list)
    const owner = ownerOf(list)
    const invited = (await seats.invite(owner, chosen, rightsOf(form))) ?? []
    if (invited.length === 0) {
      leaveToast(cookies, context, { kind: 'seat', what: 'none-invited' })
      return context.redirect(addressOf(paths.people, owner), 303)
    }
    const links = invited.map(({ isMailed, member, secret }): NewLink => {
      const link = addressOf(paths.invitationLink, { secret: secret.reveal() })
      const { emailAddress, name } = member
      return { name, emailAddress, link: new URL(link, site.publicUrl).href, isMailed }
    })
    context.header('cache-control', 'no-store')
    return context.html(await page(parts, context, session, await listOwned(parts, context), links))
  })

  routes.post(paths.invitationWithdrawal, async (context) => {
    await readForm(context, {})
    const list = await listOwned(parts, context)
    const memberId = asMemberId(context.req.param('memberId'))
    const isWithdrawn = await seats.withdraw(ownerOf(list), memberId)
    leaveToast(cookies, context, { kind: 'seat', what: isWithdrawn ? 'withdrawn' : 'gone' })
    return context.redirect(addressOf(paths.people, ownerOf(list)), 303)
  })

  routes.post(paths.seatRights, async (context) => {
    const form = await readForm(context, rightsShape)
    const list = await listOwned(parts, context)
    const accountId = asAccountId(context.req.param('accountId'))
    const seat = list.seats.find((one) => one.accountId === accountId)
    if (!(await seats.changeRights(ownerOf(list), accountId, rightsOf(form)))) {
      throw new Problem({ kind: 'not-found' })
    }
    leaveToast(cookies, context, { kind: 'seat', what: 'rights-saved', name: seat?.memberName })
    return context.redirect(addressOf(paths.people, ownerOf(list)), 303)
  })

  routes.post(paths.seatRemoval, async (context) => {
    await readForm(context, {})
    const list = await listOwned(parts, context)
    const removed = await seats.remove(ownerOf(list), asAccountId(context.req.param('accountId')))
    if (removed === undefined) throw new Problem({ kind: 'not-found' })
    const { seat, unsent } = removed
    leaveToast(cookies, context, {
      kind: 'seat',
      what: 'removed',
      name: seat.memberName,
      unsent: unsent.length,
    })
    return context.redirect(addressOf(paths.people, ownerOf(list)), 303)
  })

  return routes
}

/** Returns the seats of the connection in the address. Throws a Problem unless the person owns it. */
async function listOwned({ seats }: RouteParts, context: WebContext): Promise<SeatList> {
  const { accountId } = signedIn(context)
  const connectionId = asConnectionId(context.req.param('connectionId') ?? '')
  const list = await seats.list({ accountId, connectionId })
  if (list === undefined) throw new Problem({ kind: 'not-found' })
  return list
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

async function listInvitable(parts: RouteParts, list: SeatList): Promise<readonly MemberId[]> {
  const people = await peopleOf(parts, list)
  return people.flatMap(({ memberId, state }) =>
    state.kind === 'out' || state.kind === 'invited' ? [asMemberId(memberId)] : [],
  )
}

async function page(
  parts: RouteParts,
  context: WebContext,
  session: Session,
  list: SeatList,
  links: readonly NewLink[] = [],
) {
  const { connectionId, workspaceName } = list.connection
  const [frame, people] = await Promise.all([
    parts.pages.appFrame(context, session),
    peopleOf(parts, list),
  ])
  const address = addressOf(paths.people, { connectionId })
  return peoplePage({ frame: { ...frame, address }, connectionId, workspaceName, people, links })
}

async function peopleOf({ clock, mirror }: RouteParts, list: SeatList): Promise<readonly Person[]> {
  const now = clock.now()
  const members = await mirror.listMembers([list.connection.connectionId])
  const people = members.map((member) => ({
    memberId: member.memberId,
    name: `${member.firstName} ${member.lastName}`.trim() || member.emailAddress,
    emailAddress: member.emailAddress,
    state: stateOf(list, member, now),
  }))
  return people.toSorted((one, other) => one.name.localeCompare(other.name, 'en'))
}

function stateOf(list: SeatList, member: MirroredMember, now: number): PersonState {
  const { memberId } = member
  if (memberId === list.connection.memberId) return { kind: 'owner' }
  const seat = list.seats.find((one) => one.memberId === memberId)
  if (seat !== undefined) {
    const { accountId, joinedAt, lastSeenAt } = seat
    return { kind: 'in', accountId, joinedAt, lastSeenAt, rights: seat }
  }
  if (member.accessLevel === 'suspended') return { kind: 'suspended' }
  const open = list.invitations.find((one) => one.memberId === memberId && one.usedAt === undefined)
  if (open === undefined) return { kind: 'out' }
  const { expiresAt } = open
  return { kind: 'invited', rights: open, expiresAt, isExpired: expiresAt <= now }
}
