// Renders the page of the people who work through a connection.
import { z } from 'zod'
import type { Session } from '../../accounts/accounts.ts'
import type { SeatList } from '../../connections/connections.ts'
import { asConnectionId } from '../../support/ids.ts'
import { peopleAddress } from '../addresses.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { queryValues } from '../read-query.ts'
import { valueInPath } from '../request-path.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { listPeople, type PeopleQuery } from './list-people.ts'
import { peoplePage, type NewLink } from './views/people.ts'

/** Returns the seats of the connection in the address. Throws a Problem unless the person owns it. */
export async function listOwned({ seats }: RouteParts, context: WebContext): Promise<SeatList> {
  const { accountId } = signedIn(context)
  const connectionId = asConnectionId(valueInPath(context, 'connectionId'))
  const list = await seats.list({ accountId, connectionId })
  if (list === undefined) throw new Problem({ kind: 'not-found' })
  return list
}

/** Returns the page of people that a form was sent from, which its address says. */
export function hereOf(context: WebContext, { connection }: SeatList): string {
  return peopleAddress({ connectionId: connection.connectionId, ...readQuery(context) })
}

export async function pageOf(
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
