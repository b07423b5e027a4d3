// Answers after a return from Attio: redirects on success, or says why there is no connection.
import type { ConnectingRefusal, Establishment } from '../../connections/connections.ts'
import { paths } from '../addresses.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { refusedPage } from './views/refused.ts'
import type { Refusal } from './views/refusals.ts'

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
