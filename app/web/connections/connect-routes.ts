// Connects a workspace: the page before, the redirect to Attio, and the callback.
import { Hono } from 'hono'
import { queryValue } from '../read-query.ts'
import type { BrowserSecret } from '../../connections/connections.ts'
import type { ConnectingRefusal } from '../../connections/connections.ts'
import type { Establishment } from '../../connections/connections.ts'
import { asConnectionId } from '../../support/ids.ts'
import { logInAddress, paths } from '../addresses.ts'
import { browserCookiePrefix } from '../cookies.ts'
import { readForm, textField } from '../read-form.ts'
import { leaveToast } from '../toast-cookie.ts'
import { frameAccountOf, signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { clientOfRequest } from '../client-of-request.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import { connectPage } from './views/connect.ts'
import { refusedPage } from './views/refused.ts'
import type { Refusal } from './views/refusals.ts'
import { resumePage } from './views/resume.ts'

export function connectRoutes(parts: RouteParts) {
  const { connections, cookies, pages, site } = parts
  const routes = new Hono<WebEnv>()

  routes.get(paths.connect, async (context) => {
    const { accountId } = signedIn(context)
    const all = await connections.list(accountId)
    const reconnects = all.find(
      ({ connectionId }) => connectionId === queryValue(context, 'connection'),
    )
    const attioHost = new URL(site.attioOrigin).host
    const page = connectPage({
      frame: pages.frame(context),
      attioHost,
      mayAsk: all.length === 0,
      reconnects,
    })
    return context.html(page)
  })

  routes.post(paths.connect, async (context) => {
    const { accountId, sessionId } = signedIn(context)
    const { connection } = await readForm(context, { connection: textField })
    const begun = await connections.begin(
      { accountId, sessionId, address: clientOfRequest(context, site).address },
      connection === '' ? undefined : asConnectionId(connection),
    )
    if (begun.kind !== 'begun') throw new Problem(begun)
    rememberBrowser(parts, context, begun.browser)
    return context.redirect(begun.url.href, 303)
  })

  routes.get(paths.callback, async (context) => {
    context.header('referrer-policy', 'no-referrer')
    // Hono routes HEAD here, too, and a HEAD request must not use up the authorization response.
    if (context.req.method !== 'GET') {
      context.header('allow', 'GET')
      throw new Problem({ kind: 'method-not-allowed' })
    }
    const ended = await connections.complete({
      parameters: new URL(context.req.url).searchParams,
      session: context.get('session'),
      browserCookie: (name) => cookies.read(context, name),
    })
    if (ended.kind !== 'sign-in-first') return await answerConnecting(parts, context, ended)
    if (ended.browser !== undefined) rememberBrowser(parts, context, ended.browser)
    return context.redirect(logInAddress({ reason: 'finish-connecting' }), 303)
  })

  routes.get(paths.resume, (context) => {
    const account = frameAccountOf(signedIn(context))
    return context.html(resumePage({ frame: { ...pages.frame(context), account } }))
  })

  routes.post(paths.resume, async (context) => {
    const { accountId } = signedIn(context)
    await readForm(context, {})
    const browserValues = cookies.readAll(context, browserCookiePrefix)
    const ended = await connections.resume(accountId, browserValues)
    const goesOn = await connections.hasWaitingCode(accountId, browserValues)
    return await answerConnecting(parts, context, ended, goesOn ? paths.resume : paths.home)
  })

  return routes
}

function rememberBrowser(
  { cookies }: RouteParts,
  context: WebContext,
  { name, value, maxAgeMs }: BrowserSecret,
): void {
  cookies.write(context, { name, value: value.reveal(), maxAgeMs })
}

/** Redirects after success, so that the code doesn't stay in the history. */
export async function answerConnecting(
  parts: RouteParts,
  context: WebContext,
  ended: Establishment,
  next: typeof paths.resume | typeof paths.home = paths.home,
): Promise<Response> {
  if (ended.kind === 'refused') {
    const page = refusedPage({
      // The page must not repeat its address, which holds a code and a state.
      frame: { ...parts.pages.frame(context), address: paths.home },
      refusal: shownRefusal(ended.refusal),
    })
    noteRetryAfter(parts, context, ended.refusal)
    return context.html(page, statusOf(ended.refusal))
  }
  if (ended.kind === 'connected-already') return context.redirect(paths.offer, 303)
  const { connection, memberName, renewed } = ended
  await parts.sync.refreshNow(connection)
  // Sends the changes that waited for the reconnect.
  await parts.changes.makeDue(connection.connectionId)
  parts.webhooks.begin(connection)
  leaveToast(parts.cookies, context, {
    kind: renewed ? 'reconnected' : 'connected',
    connectionId: connection.connectionId,
    workspaceName: connection.workspaceName,
    memberName,
  })
  return context.redirect(next, 303)
}

function noteRetryAfter(
  { clock }: RouteParts,
  context: WebContext,
  refusal: ConnectingRefusal,
): void {
  if (refusal.kind !== 'attio-unreachable' || refusal.retryAt === undefined) return
  const seconds = Math.max(1, Math.ceil((refusal.retryAt - clock.now()) / 1_000))
  context.header('retry-after', String(seconds))
}

function shownRefusal(refusal: ConnectingRefusal): Refusal {
  if (refusal.kind !== 'other-workspace') return refusal
  const { wanted, chosen } = refusal
  const { connectionId, workspaceName } = wanted
  return { kind: 'other-workspace', connectionId, expected: workspaceName, chosen }
}

function statusOf(refusal: ConnectingRefusal): 400 | 403 | 409 | 502 | 503 {
  switch (refusal.kind) {
    case 'attio-unreachable':
      return 503
    case 'attio-unclear':
    case 'client-refused':
    case 'token-inactive':
    case 'foreign-token':
      return 502
    case 'denied':
    case 'missing-scopes':
    case 'other-account':
    case 'other-session':
      return 403
    case 'other-workspace':
      return 409
    default:
      return 400
  }
}
