// GET /events: the audit log of an account.
import { z } from 'zod'
import { paths } from '../addresses.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { queryValue } from '../read-query.ts'
import type { Route } from '../routes.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { eventsPage } from './views/events.ts'

const eventsPerPage = 50
const pageNumber = z.coerce.number().int().min(1).max(100_000).default(1)

export const eventsRoutes: readonly Route[] = [['GET', paths.events, showEvents]]

async function showEvents({ accounts, pages }: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const page = readPage(context)
  const { accountId } = session
  const [frame, { events, total }] = await Promise.all([
    pages.appFrame(context, session),
    accounts.listEvents(accountId, { limit: eventsPerPage, offset: (page - 1) * eventsPerPage }),
  ])
  const shown = events.map(({ details: { workspace, ...details }, ...event }) => ({
    ...event,
    workspaceName: workspace,
    details: withoutEmpty(details),
  }))
  const position = { page, pages: Math.max(1, Math.ceil(total / eventsPerPage)) }
  return context.html(eventsPage({ frame, events: shown, position }))
}

function readPage(context: WebContext): number {
  const parsed = pageNumber.safeParse(queryValue(context, 'page'))
  if (!parsed.success) throw new Problem({ kind: 'not-found' })
  return parsed.data
}

function withoutEmpty(details: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== ''))
}
