// Answers with the home page straight from Node's request. Building a Request, a Response and their headers, and passing
// them through the middleware, costs several times as much as a kept page. Only a request that every middleware would pass
// on unchanged is answered here, with the same functions; any other request, and one that fails, takes the general way.
// straight-answers.test.ts compares both.
import type { IncomingHttpHeaders } from 'node:http'
import type { Accounts, Session } from '../../accounts/accounts.ts'
import { versionOf } from '../../live/live.ts'
import { isLoopback } from '../../support/loopback.ts'
import { paths } from '../addresses.ts'
import { sessionCookie, type Cookies } from '../cookies.ts'
import { requestIdHeader, type RequestLog } from '../middleware/request-log.ts'
import type { CompleteHeaders } from '../middleware/secure-headers.ts'
import type { KeptAnswer, KeptPages, PageRequest, RenderedPage } from '../page-frames.ts'
import { addressIn } from '../pages.ts'
import type { BegunRequest, WebParts } from '../web-parts.ts'

/** What Node says of a request. */
export interface PlainRequest {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: IncomingHttpHeaders
}

/** A request whose session is being read. When `answer` is undefined, the general way goes on from there. */
export interface StraightRequest extends BegunRequest {
  readonly answer: Promise<StraightAnswer | undefined>
}

export interface StraightAnswer {
  /** False for a page that was rendered for this answer. */
  readonly isKept: boolean
  readonly status: number
  /** Names and values in turn. */
  readonly headers: readonly string[]
  readonly pieces: readonly Uint8Array[]
}

/** Returns undefined for a request that must take the general way. */
export type BeginStraight = (request: PlainRequest) => StraightRequest | undefined

interface StraightParts extends Pick<WebParts, 'clock' | 'site'> {
  readonly accounts: Pick<Accounts, 'findSession'>
  readonly cookies: Cookies
  readonly keptPages: KeptPages
  readonly renderHome: (request: PageRequest, session: Session) => Promise<RenderedPage>
  readonly log: RequestLog
  readonly complete: CompleteHeaders
}

export function createStraightAnswers(parts: StraightParts): BeginStraight {
  const { accounts, clock, complete, cookies, keptPages, log, renderHome, site } = parts
  const isPlain = createPlainRule(site.publicUrl)
  const completed = createCompleted(complete)

  return (request) => {
    if (!isPlain(request)) return undefined
    const { headers, url = '' } = request
    const cookie = cookies.readFrom(headers.cookie, sessionCookie)
    if (cookie === undefined) return undefined
    const startedAt = clock.now()
    const header = (name: string): string | undefined => textOf(headers[name])
    const session = accounts.findSession(cookie)
    const answer = session.then(async (found) => {
      if (found === undefined) return undefined
      const { accountId } = found
      const asOf = versionOf(found.sees)
      const kept = await keptPages.find({ address: url, accountId, asOf, header }, () => {
        const address = addressIn(site.publicUrl.origin + url)
        return renderHome({ address, asOf, toast: undefined, shownToast: undefined }, found)
      })
      if (kept === undefined) return undefined
      const begun = log.begin({ get: (name) => header(name) ?? null }, startedAt)
      log.end(begun, { method: 'GET', path: paths.home, status: kept.status, accountId })
      return straightAnswer(kept, completed, begun.requestId)
    })
    // The general way awaits the session, too, and answers for a failure.
    return { startedAt, session, answer: answer.catch(() => undefined) }
  }
}

/**
 * Returns a rule that is true for the home page by its plain address, from a host that no rule refuses, redirects or
 * rewrites, and without a body.
 */
function createPlainRule(publicUrl: URL): (request: PlainRequest) => boolean {
  const isHost = isLoopback(publicUrl.hostname)
    ? (host: string) => host === publicUrl.host
    : (host: string) => /^[a-z\d.-]+(?::\d+)?$/.test(host)
  return ({ headers, method, url = '' }) =>
    method === 'GET' &&
    (url === paths.home || url.startsWith(`${paths.home}?`)) &&
    isHost(headers.host ?? '') &&
    headers['content-length'] === undefined &&
    headers['transfer-encoding'] === undefined
}

type Completed = (headers: KeptAnswer['constantHeaders']) => readonly string[]

/** Completes headers that are the same for every answer once. */
function createCompleted(complete: CompleteHeaders): Completed {
  const known = new Map<KeptAnswer['constantHeaders'], readonly string[]>()
  return (constant) => {
    const found = known.get(constant)
    if (found !== undefined) return found
    const headers = new Headers(constant)
    complete(headers)
    const flat = [...headers].flat()
    known.set(constant, flat)
    return flat
  }
}

function straightAnswer(
  { constantHeaders, isKept, ownHeaders, pieces, status }: KeptAnswer,
  completed: Completed,
  requestId: string,
): StraightAnswer {
  const own = Object.entries(ownHeaders).flat()
  const headers = [...completed(constantHeaders), ...own, requestIdHeader, requestId]
  return { isKept, status, headers, pieces }
}

/** Only set-cookie, which no request has, is a list. */
function textOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.join(', ')
}
