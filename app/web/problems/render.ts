// The only place where failures become pages. Expected ones say what happened; unexpected ones are logged under the
// number that the person sees, without internals on the page.
import { HTTPException } from 'hono/http-exception'
import { logInAddress, paths } from '../addresses.ts'
import { sessionCookie, type Cookies } from '../cookies.ts'
import { addressWithin } from '../pages.ts'
import type { Pages } from '../page-frames.ts'
import { Problem, SignInNeeded } from '../problem.ts'
import type { WebContext, WebParts } from '../web-parts.ts'
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
  return {
    render,
    onError: (error, context) => {
      if (error instanceof Problem) return render(context, error.problem)
      if (error instanceof SignInNeeded) return toSignIn(context, cookies)
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

/** Redirects to the log-in page, and from there to the requested page. A form is not resubmitted. */
function toSignIn(context: WebContext, cookies: Cookies): Response {
  const reason = cookies.read(context, sessionCookie) === undefined ? 'needed' : 'session-ended'
  const isPage = context.req.method === 'GET' || context.req.method === 'HEAD'
  const address = isPage ? addressWithin(context) : paths.home
  return context.redirect(
    logInAddress(address === paths.home ? { reason } : { reason, returnTo: address }),
    303,
  )
}
