// Connects a workspace: the page before, the redirect to Attio, and the callback.
import type { BrowserSecret } from '../../connections/connections.ts'
import { asConnectionId } from '../../support/ids.ts'
import { logInAddress, paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { browserCookiePrefix } from '../cookies.ts'
import { frameAccountOf, signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { readForm, textField } from '../read-form.ts'
import { queryValue } from '../read-query.ts'
import type { Route } from '../routes.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { answerConnecting } from './answer-connecting.ts'
import { connectPage } from './views/connect.ts'
import { resumePage } from './views/resume.ts'

export const connectRoutes: readonly Route[] = [
  ['GET', paths.connect, showConnect],
  ['POST', paths.connect, beginConnecting],
  ['GET', paths.callback, completeConnecting],
  ['GET', paths.resume, showResume],
  ['POST', paths.resume, resumeConnecting],
]

async function showConnect(
  { connections, pages, site }: RouteParts,
  context: WebContext,
): Promise<Response> {
  const { accountId } = signedIn(context)
  const all = await connections.list(accountId)
  const asked = queryValue(context, 'connection')
  const page = connectPage({
    frame: pages.frame(context),
    attioHost: new URL(site.attioOrigin).host,
    mayAsk: all.length === 0,
    reconnects: all.find(({ connectionId }) => connectionId === asked),
  })
  return context.html(page)
}

async function beginConnecting(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accountId, sessionId } = signedIn(context)
  const { connection } = await readForm(context, { connection: textField })
  const begun = await parts.connections.begin(
    { accountId, sessionId, address: clientOfRequest(context, parts.site).address },
    connection === '' ? undefined : asConnectionId(connection),
  )
  if (begun.kind !== 'begun') throw new Problem(begun)
  rememberBrowser(parts, context, begun.browser)
  return context.redirect(begun.url.href, 303)
}

async function completeConnecting(parts: RouteParts, context: WebContext): Promise<Response> {
  context.header('referrer-policy', 'no-referrer')
  // Hono routes HEAD here, too, and a HEAD request must not use up the authorization response.
  if (context.req.method !== 'GET') {
    context.header('allow', 'GET')
    throw new Problem({ kind: 'method-not-allowed' })
  }
  const ended = await parts.connections.complete({
    parameters: new URL(context.req.url).searchParams,
    session: context.get('session'),
    browserCookie: (name) => parts.cookies.read(context, name),
  })
  if (ended.kind !== 'sign-in-first') return await answerConnecting(parts, context, ended)
  if (ended.browser !== undefined) rememberBrowser(parts, context, ended.browser)
  return context.redirect(logInAddress({ reason: 'finish-connecting' }), 303)
}

async function showResume({ pages }: RouteParts, context: WebContext): Promise<Response> {
  const account = frameAccountOf(signedIn(context))
  return context.html(resumePage({ frame: { ...pages.frame(context), account } }))
}

async function resumeConnecting(parts: RouteParts, context: WebContext): Promise<Response> {
  const { connections, cookies } = parts
  const { accountId } = signedIn(context)
  await readForm(context, {})
  const browserValues = cookies.readAll(context, browserCookiePrefix)
  const ended = await connections.resume(accountId, browserValues)
  const goesOn = await connections.hasWaitingCode(accountId, browserValues)
  return await answerConnecting(parts, context, ended, goesOn ? paths.resume : paths.home)
}

function rememberBrowser(
  { cookies }: RouteParts,
  context: WebContext,
  { name, value, maxAgeMs }: BrowserSecret,
): void {
  cookies.write(context, { name, value: value.reveal(), maxAgeMs })
}
