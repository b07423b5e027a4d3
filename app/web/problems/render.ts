// The only place where failures become pages. Expected ones say what happened; unexpected ones are logged under the
// number that the person sees, without internals on the page.
import { HTTPException } from 'hono/http-exception'
import { logInAddress, paths } from '../addresses.ts'
import { sessionCookie, type Cookies } from '../cookies.ts'
import { addressWithin } from '../pages.ts'
import type { Pages } from '../page-frames.ts'
import { Problem, SignInNeeded } from '../problem.ts'
import { readUnsavedField } from '../read-form.ts'
import type { WebContext, WebParts } from '../web-parts.ts'
import { logInPage } from '../account/views/log-in.ts'
import { problemPage, problemStatuses, type PageProblem } from './views/problem.ts'

export interface ProblemPages {
  readonly onError: (error: Error, context: WebContext) => Response | Promise<Response>
  readonly render: (context: WebContext, problem: PageProblem) => Response | Promise<Response>
}

export function createProblemPages(parts: WebParts, pages: Pages, cookies: Cookies): ProblemPages {
  const render: ProblemPages['render'] = (context, problem) => {
    if (
      (problem.kind === 'too-many' || problem.kind === 'unavailable') &&
      problem.retryAt !== undefined
    ) {
      const seconds = Math.max(1, Math.ceil((problem.retryAt - parts.clock.now()) / 1000))
      context.header('retry-after', String(seconds))
    }
    return context.html(
      problemPage({ frame: pages.frame(context), problem }),
      problemStatuses[problem.kind],
    )
  }
  /** Leads to the log-in page, and from there to the requested page. A form is not resubmitted; its text is shown. */
  const toSignIn = async (context: WebContext): Promise<Response> => {
    const reason = cookies.read(context, sessionCookie) === undefined ? 'needed' : 'session-ended'
    const isPage = context.req.method === 'GET' || context.req.method === 'HEAD'
    const unsavedText =
      isPage || isByScript(context) ? undefined : await readUnsavedField(context, typedField)
    if (unsavedText !== undefined) {
      const canReset = parts.mail.isOn
      const signUp = parts.accounts.signUpRule.mode
      const canUsePasskey = parts.accounts.passkeys.ceremonies !== undefined
      const signOnLabel = parts.accounts.singleSignOn?.label
      const frame = pages.frame(context)
      return context.html(
        logInPage({ frame, canReset, canUsePasskey, signOnLabel, signUp, reason, unsavedText }),
        401,
      )
    }
    const address = isPage ? addressWithin(context) : paths.home
    return context.redirect(
      logInAddress(address === paths.home ? { reason } : { reason, returnTo: address }),
      303,
    )
  }
  return {
    render,
    onError: (error, context) => {
      if (error instanceof Problem) return render(context, error.problem)
      if (error instanceof SignInNeeded) return toSignIn(context)
      if (error instanceof HTTPException && error.status < 500)
        return render(context, { kind: 'bad-request' })
      if (hungUp(error)) return render(context, { kind: 'bad-request' })
      const requestId = context.get('requestId')
      if (parts.isOutage(error)) {
        parts.logger.warn('web.unavailable', { requestId, error })
        return render(context, { kind: 'unavailable', retryAt: parts.clock.now() + outageRetryMs })
      }
      parts.logger.error('web.failed', { requestId, error })
      return render(context, { kind: 'internal', requestId })
    },
  }
}

/** A restored database is found at the next request. */
const outageRetryMs = 10_000

/** True for Node's error about a client that stopped sending, which is not a failure of Taskr. */
function hungUp(error: Error): boolean {
  return 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted'
}

/** True for a request of the page's script, which keeps what was typed itself (browser/typed-text.ts). */
function isByScript(context: WebContext): boolean {
  const mode = context.req.header('sec-fetch-mode')
  return mode !== undefined && mode !== 'navigate'
}

/** The field for a task's text, the only one that is long enough to miss. */
const typedField = 'content'
