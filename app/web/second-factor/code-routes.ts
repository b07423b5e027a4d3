// GET and POST /login/code: the second step of a log-in. The browser shows by a cookie that its password was right.
import { enter } from '../account/enter.ts'
import { logInAddress, paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { signInCookie } from '../cookies.ts'
import { problemOf } from '../confirming/refusal.ts'
import { readForm, textField } from '../read-form.ts'
import { queryValue } from '../read-query.ts'
import { safeReturnTo } from '../return-to.ts'
import type { Route } from '../routes.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { codePage } from './views/code.ts'

export const codeRoutes: readonly Route[] = [
  ['GET', paths.signInCode, showCode],
  ['POST', paths.signInCode, logInWithCode],
]

async function showCode(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accounts, cookies, pages } = parts
  if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
  const returnTo = safeReturnTo(queryValue(context, 'returnTo'))
  const secret = cookies.read(context, signInCookie)
  const username = secret && (await accounts.findUnfinishedSignIn(secret))
  if (username === undefined) return startAgain(parts, context, returnTo)
  return context.html(codePage({ frame: pages.frame(context), username, returnTo }))
}

async function logInWithCode(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accounts, cookies, pages, site } = parts
  const { code, returnTo } = await readForm(context, { code: textField, returnTo: textField })
  if (context.get('session') !== undefined) return context.redirect(paths.home, 303)
  const address = safeReturnTo(returnTo)
  const secret = cookies.read(context, signInCookie) ?? ''
  const outcome = await accounts.finishSignIn(secret, code, clientOfRequest(context, site))
  switch (outcome.kind) {
    case 'signed-in':
      cookies.remove(context, signInCookie)
      return await enter(parts, context, outcome, returnTo)
    case 'expired':
      return startAgain(parts, context, address)
    case 'wrong-code':
    case 'too-many': {
      const username = (await accounts.findUnfinishedSignIn(secret)) ?? ''
      const refusal =
        outcome.kind === 'too-many'
          ? outcome
          : ({ kind: 'refused', problems: [problemOf(outcome.kind, '')] } as const)
      const shown = { frame: pages.frame(context), username, returnTo: address, refusal }
      return context.html(codePage(shown), outcome.kind === 'too-many' ? 429 : 401)
    }
  }
}

function startAgain(
  { cookies }: RouteParts,
  context: WebContext,
  returnTo: string | undefined,
): Response {
  cookies.remove(context, signInCookie)
  const query = {
    reason: 'code-expired',
    ...(returnTo === undefined ? {} : { returnTo }),
  } as const
  return context.redirect(logInAddress(query), 303)
}
