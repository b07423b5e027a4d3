// Records every exchange, newest last, so that a test can check an app's requests.
import { maskBody, maskForm, maskHeaders } from './masking.ts'

/** An exchange in progress. It still holds secrets: only the journal reads it. */
export type Exchange = {
  readonly number: number
  readonly at: number
  request: Pick<Request, 'method' | 'headers'>
  readonly path: string
  /** With its question mark, or empty. */
  readonly query: string
  readonly isSelfMade: boolean
  body: string
  /** Such as "tasks.list"; undefined for pages and unknown addresses. */
  operation: string | undefined
  clientId: string | undefined
  answer: AnswerHead | undefined
  /** The reason when there is no answer, such as "connection reset". */
  broken: string | undefined
  /** Absent when the body is long. */
  answerBody: Uint8Array | undefined
  durationMs: number
  /** The number of the fault that affected it. */
  fault: number | undefined
  /** Paths of body members that Attio ignores, such as "data.sort". */
  readonly ignoredMembers: string[]
}

/** An answer's status and headers. */
export type AnswerHead = {
  readonly status: number
  readonly headers: Headers | Readonly<Record<string, string>>
}

/** An exchange with its secrets masked. */
export type JournalEntry = {
  readonly number: number
  /** The time of the request, in milliseconds of the local Attio's clock. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly operation: string | undefined
  readonly clientId: string | undefined
  /** Undefined while the answer is pending, and when there was none. */
  readonly status: number | undefined
  readonly answerHeaders: Readonly<Record<string, string>>
  readonly answerBody: string | undefined
  readonly broken: string | undefined
  readonly durationMs: number
  readonly fault: number | undefined
  /** Paths of body members that Attio ignores, such as "data.sort". */
  readonly ignoredMembers: readonly string[]
}

/** Selects exchanges. A path may end in "*". */
export type JournalQuery = {
  readonly method?: string
  readonly path?: string
  readonly operation?: string
}

export type Journal = {
  /** The exchanges, oldest first: the latest 1,000, the latest 250 with headers and bodies. */
  entries(query?: JournalQuery): JournalEntry[]
  count(query?: JournalQuery): number
  /** Takes the oldest request that was not taken before; undefined when there is none. */
  takeRequest(query?: JournalQuery): JournalEntry | undefined
  clear(): void
  /** Records a new request; for the server. */
  open(request: Pick<Exchange, 'at' | 'request' | 'path' | 'query'>): Exchange
}

const keptExchanges = 1000

/** The number of exchanges that keep headers and bodies, which take most of the memory. */
const keptWhole = 250

/** The longest body that is kept. A page of 500 tasks has 200 KB. */
const keptBytes = 16_384

/** True for requests to this server's own pages and their assets, which are not recorded. */
const selfMade = /^\/(?:$|favicon\.ico$|assets\/|_control(?:\/|$))/

/** Stores the body of an answer, unless it is long. */
export function keepBody(exchange: Exchange, body: Uint8Array): void {
  if (body.length <= keptBytes) exchange.answerBody = body
}

export function createJournal(): Journal {
  let exchanges: Exchange[] = []
  const taken = new WeakSet<Exchange>()
  let number = 0

  const select = (query: JournalQuery = {}): Exchange[] =>
    exchanges.filter((exchange) => isMeant(exchange, query))

  return {
    entries: (query) => select(query).map(mask),
    count: (query) => select(query).length,
    takeRequest: (query) => {
      const next = select(query).find((exchange) => !taken.has(exchange))
      if (!next) return undefined
      taken.add(next)
      return mask(next)
    },
    clear: () => {
      exchanges = []
    },
    open: (request) => {
      const exchange: Exchange = {
        ...request,
        // A copy, because the request itself would keep a socket and buffers alive.
        request: { method: request.request.method, headers: request.request.headers },
        number: (number += 1),
        isSelfMade: selfMade.test(request.path),
        body: '',
        operation: undefined,
        clientId: undefined,
        answer: undefined,
        broken: undefined,
        answerBody: undefined,
        durationMs: 0,
        fault: undefined,
        ignoredMembers: [],
      }
      if (exchange.isSelfMade) return exchange
      exchanges.push(exchange)
      const aged = exchanges[exchanges.length - 1 - keptWhole]
      if (aged) lighten(aged)
      if (exchanges.length > 2 * keptExchanges) exchanges = exchanges.slice(-keptExchanges)
      return exchange
    },
  }
}

const noHeaders = new Headers()

function lighten(exchange: Exchange): void {
  exchange.request = { method: exchange.request.method, headers: noHeaders }
  exchange.body = ''
  exchange.answerBody = undefined
  if (exchange.answer) exchange.answer = { status: exchange.answer.status, headers: noHeaders }
}

function isMeant(exchange: Exchange, { method, path, operation }: JournalQuery): boolean {
  if (method !== undefined && exchange.request.method !== method.toUpperCase()) return false
  if (operation !== undefined && exchange.operation !== operation) return false
  return path === undefined || matchesPath(path, exchange.path)
}

/** True when a path matches a pattern in which "*" matches any text. */
export function matchesPath(pattern: string, path: string): boolean {
  if (!pattern.includes('*')) return pattern === path
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(path)
}

function mask(exchange: Exchange): JournalEntry {
  const { request, answer } = exchange
  return {
    number: exchange.number,
    at: exchange.at,
    method: request.method,
    path: exchange.path,
    query: exchange.query === '' ? '' : `?${maskForm(exchange.query.slice(1))}`,
    headers: maskHeaders(request.headers),
    body: maskBody(exchange.body),
    operation: exchange.operation,
    clientId: exchange.clientId,
    status: answer?.status,
    answerHeaders: answer ? maskHeaders(answer.headers) : {},
    answerBody: exchange.answerBody && maskBody(new TextDecoder().decode(exchange.answerBody)),
    broken: exchange.broken,
    durationMs: exchange.durationMs,
    fault: exchange.fault,
    ignoredMembers: exchange.ignoredMembers,
  }
}
