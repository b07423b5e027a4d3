// Logging in through the identity provider: there, and back.
import { signOnLastsMs, type BegunSignOn, type FinishedSignOn } from '../../accounts/accounts.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import { askForCode, enter } from '../account/enter.ts'
import { openInvitation } from '../account/open-invitation.ts'
import { confirmationAddress, logInAddress, paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { arrivalCookie, signOnCookiePrefix } from '../cookies.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { readForm, textField } from '../read-form.ts'
import { safeReturnTo } from '../return-to.ts'
import type { Route } from '../routes.ts'
import { keepSession } from '../session-cookie.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { WebContext } from '../web-parts.ts'
import { refuseSignOn } from './refuse-sign-on.ts'
import type { SignOnParts } from './sign-on-parts.ts'
import { continuePage } from './views/continue.ts'

export const signOnRoutes: readonly Route<SignOnParts>[] = [
  ['POST', paths.signOn, beginSignOn],
  ['POST', paths.signOnConfirmation, beginConfirmation],
  ['GET', paths.signOnCallback, finishSignOn],
]

async function beginSignOn(parts: SignOnParts, context: WebContext): Promise<Response> {
  const { returnTo } = await readForm(context, { returnTo: textField })
  const client = clientOfRequest(context, parts.site)
  return await goThere(
    parts,
    context,
    await parts.signOn.begin(safeReturnTo(returnTo) ?? '', client),
  )
}

/** Sends a person whose account has no password to log in anew. */
async function beginConfirmation(parts: SignOnParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const { returnTo } = await readForm(context, { returnTo: textField })
  const client = clientOfRequest(context, parts.site)
  const address = safeReturnTo(returnTo) ?? paths.settings
  return await goThere(
    parts,
    context,
    await parts.signOn.beginConfirmation(session, address, client),
  )
}

async function goThere(
  parts: SignOnParts,
  context: WebContext,
  begun: BegunSignOn,
): Promise<Response> {
  const { cookies, pages, signOn, site } = parts
  if (begun.kind === 'too-many') throw new Problem(begun)
  if (begun.kind === 'unreachable') return await refuseSignOn(parts, context, 'unreachable')
  const value = begun.browserSecret.reveal()
  const name = signOnCookiePrefix + sha256Base64Url(value).slice(0, 8)
  cookies.write(context, { name, value, maxAgeMs: signOnLastsMs })
  // The policy of pages lets a form lead to the issuer only; a link may lead anywhere.
  if (begun.address.origin === site.signOnOrigin) return context.redirect(begun.address.href, 303)
  const page = { frame: pages.frame(context), label: signOn.label, address: begun.address.href }
  return context.html(continuePage(page))
}

async function finishSignOn(parts: SignOnParts, context: WebContext): Promise<Response> {
  context.header('referrer-policy', 'no-referrer')
  // Hono routes HEAD here, too, and a HEAD request must not use up the answer.
  if (context.req.method !== 'GET') {
    context.header('allow', 'GET')
    throw new Problem({ kind: 'method-not-allowed' })
  }
  const finished = await parts.signOn.finish({
    address: new URL(context.req.url),
    browserValues: parts.cookies.readAll(context, signOnCookiePrefix),
    invitation: await openInvitation(parts, context),
    client: clientOfRequest(context, parts.site),
    session: context.get('session'),
  })
  return await goOn(parts, context, finished)
}

async function goOn(
  parts: SignOnParts,
  context: WebContext,
  finished: FinishedSignOn,
): Promise<Response> {
  const session = context.get('session')
  switch (finished.kind) {
    case 'signed-in':
      if (session !== undefined) await parts.accounts.signOut(session)
      return await enter(parts, context, finished, finished.returnTo)
    case 'code-needed':
      return askForCode(parts, context, finished, finished.returnTo)
    case 'confirmed':
      keepSession(parts.cookies, context, finished)
      leaveToast(parts.cookies, context, { kind: 'confirmed' })
      return context.redirect(finished.returnTo, 303)
    case 'code-missing':
      return context.redirect(confirmationAddress(finished), 303)
    case 'link-needed':
    case 'name-needed':
      return await arrive(parts, context, finished)
    case 'not-admitted':
      return await refuseSignOn(parts, context, finished.why)
    case 'denied':
    case 'invalid':
    case 'locked':
    case 'not-anew':
    case 'other-person':
    case 'no-verified-address':
    case 'unknown':
    case 'unreachable':
      return await refuseSignOn(parts, context, finished.kind)
  }
}

/** Leads to the step before the first log-in: linking an account, or choosing a name for a new one. */
async function arrive(
  parts: SignOnParts,
  context: WebContext,
  { arrival, kind }: Extract<FinishedSignOn, { kind: 'link-needed' | 'name-needed' }>,
): Promise<Response> {
  const isSignedIn = context.get('session') !== undefined
  const isLinking = kind === 'link-needed'
  if (isSignedIn && !isLinking) return await refuseSignOn(parts, context, 'other-address')
  parts.cookies.write(context, {
    name: arrivalCookie,
    value: arrival.reveal(),
    maxAgeMs: signOnLastsMs,
  })
  if (!isLinking) return context.redirect(paths.signOnSignUp, 303)
  if (isSignedIn) return context.redirect(paths.signOnLink, 303)
  const returnTo = paths.signOnLink
  return context.redirect(logInAddress({ reason: 'link-sign-on', returnTo }), 303)
}
