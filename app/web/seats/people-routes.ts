// Connections → Acme → People, for the owner of a connection: invite members, change what they may do, remove them.
import { Hono } from 'hono'
import { z } from 'zod'
import type { Session } from '../../accounts/accounts.ts'
import type { SeatList, SeatRights } from '../../connections/connections.ts'
import { asAccountId, asConnectionId, asMemberId } from '../../support/ids.ts'
import { addressOf, paths, peopleAddress } from '../addresses.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { readForm } from '../read-form.ts'
import { queryValues } from '../read-query.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import { listPeople, type PeopleQuery } from './list-people.ts'
import { peoplePage, type NewLink } from './views/people.ts'

const rightsShape = {
  sees: z.enum(['own', 'everyone']),
  mayLink: z.literal('yes').optional(),
}

const memberIds = z.array(z.string().max(64)).max(1_000)

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
        'member[]': memberIds,
        'shown[]': memberIds,
      },
      ['member[]', 'shown[]'],
    )
    const list = await listOwned(parts, context)
    // Everyone means everyone whom the page showed.
    const chosen = form.everyone === undefined ? form['member[]'] : form['shown[]']
    const owner = ownerOf(list)
    const invited = (await seats.invite(owner, chosen.map(asMemberId), rightsOf(form))) ?? []
    if (invited.length === 0) {
      leaveToast(cookies, context, { kind: 'seat', what: 'none-invited' })
      return context.redirect(hereOf(context, list), 303)
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
    return context.redirect(hereOf(context, list), 303)
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
    return context.redirect(hereOf(context, list), 303)
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
    return context.redirect(hereOf(context, list), 303)
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

/** Returns the page of people that a form was sent from, which its address says. */
function hereOf(context: WebContext, { connection }: SeatList): string {
  return peopleAddress({ connectionId: connection.connectionId, ...readQuery(context) })
}

async function page(
  parts: RouteParts,
  context: WebContext,
  session: Session,
  list: SeatList,
  links: readonly NewLink[] = [],
) {
  const { connectionId, workspaceName } = list.connection
  const query = readQuery(context)
  const address = hereOf(context, list)
  const [frame, people] = await Promise.all([
    parts.pages.appFrame(context, session),
    listPeople(parts, list, query),
  ])
  return peoplePage({
    frame: { ...frame, address },
    connectionId,
    workspaceName,
    search: query.text,
    ...people,
    links,
  })
}

/** Throws a Problem for a page that is no number. */
function readQuery(context: WebContext): PeopleQuery {
  const number = z.coerce.number().int().min(1).max(100_000).default(1)
  const query = z.object({ q: z.string().max(256).default(''), page: number, in: number })
  const { success, data } = query.safeParse(queryValues(context))
  if (!success) throw new Problem({ kind: 'not-found' })
  return { text: data.q, page: data.page, inPage: data.in }
}
