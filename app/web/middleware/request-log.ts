// Logs one line per request with method, path, status and duration. It never logs a cookie or a query, since the
// callback's query holds a code and a state, and of a path only Taskr's own words and IDs: links hold secrets, and people
// and mail programs mistype and mangle links.
import { createMiddleware } from 'hono/factory'
import type { AccountId } from '../../support/ids.ts'
import { paths } from '../addresses.ts'
import { withoutIds, type Span } from '../../tracing/tracing.ts'
import { forwardedIds, type ForwardedIds } from './forwarded-ids.ts'
import type { WebEnv, WebParts } from '../web-parts.ts'

export const requestIdHeader = 'x-request-id'

export interface RequestLog {
  /** Names a request, by the ID of a trusted proxy or by a new one. */
  readonly begin: (headers: Pick<Headers, 'get'>, startedAt: number) => NamedRequest
  /** Logs the request with its answer. */
  readonly end: (begun: NamedRequest, answered: AnsweredRequest) => void
}

export interface NamedRequest {
  readonly startedAt: number
  readonly requestId: string
  readonly parent: ForwardedIds['parent']
  readonly span: Span
}

interface AnsweredRequest {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly accountId: AccountId | undefined
}

export function createRequestLog({
  clock,
  ids,
  logger,
  site,
  tracing,
}: Pick<WebParts, 'clock' | 'ids' | 'logger' | 'site' | 'tracing'>): RequestLog {
  return {
    begin: (headers, startedAt) => {
      const { parent, requestId = ids() } = forwardedIds(headers, site)
      const span = tracing.start('request', { kind: 'server', startedAt, parent })
      return { startedAt, requestId, parent, span }
    },
    end: ({ parent, requestId, span, startedAt }, { accountId, method, path, status }) => {
      const endedAt = clock.now()
      const shown = shownPath(path)
      const traceId = span.traceId ?? parent?.traceId
      logger.info('web.request', {
        requestId,
        ...(traceId !== undefined && { traceId }),
        ...(parent !== undefined && { parentSpanId: parent.spanId }),
        method,
        path: shown,
        status,
        ms: endedAt - startedAt,
        accountId,
      })
      const route = withoutIds(shown)
      span.end({
        endedAt,
        name: `${method} ${route}`,
        attributes: {
          'http.request.method': method,
          'http.route': route,
          'http.response.status_code': status,
          'taskr.request_id': requestId,
          'taskr.account_id': accountId,
        },
        hasFailed: status >= 500,
      })
    },
  }
}

export function requestLog(log: RequestLog, { clock }: Pick<WebParts, 'clock'>) {
  return createMiddleware<WebEnv>(async (context, next) => {
    const startedAt = context.env.begun?.startedAt ?? clock.now()
    const begun = log.begin(context.req.raw.headers, startedAt)
    context.set('requestId', begun.requestId)
    await begun.span.run(next)
    // Not `context.header`, which would replace an existing response by one that streams its text.
    context.res.headers.set(requestIdHeader, begun.requestId)
    const { method, path } = context.req
    const accountId = context.get('session')?.accountId
    log.end(begun, { method, path, status: context.res.status, accountId })
  })
}

const longestPath = 200

function shownPath(path: string): string {
  if (/^\/+webhooks\//i.test(path)) return paths.webhook
  if (/^\/+join\//i.test(path)) return paths.invitationLink
  return path
    .slice(0, longestPath)
    .split('/')
    .map((part) => (part === '' || ownWords.has(part) || id.test(part) ? part : '…'))
    .join('/')
}

/** Every part of Taskr's addresses that is not a name. */
const ownWords: ReadonlySet<string> = new Set(
  Object.values(paths).flatMap((path) => path.split('/').filter((part) => !part.startsWith(':'))),
)
const id = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i
