// Handles a request: journal, faults, then the server's parts in turn.
import { Hono } from 'hono'
import { addApi } from './api/routes.ts'
import { addConsent } from './consent/routes.ts'
import { answerFaultily, ConnectionResetError } from './faults/faulty-answer.ts'
import type { Control } from './control/control.ts'
import type { Exchange } from './journal/journal.ts'
import { addControlApi } from './control-api/routes.ts'
import { guardControl } from './guard/control-guard.ts'
import { problemWithHost } from './guard/host-guard.ts'
import { addInspector } from './inspector/routes.ts'
import { addDashboard } from './dashboard/routes.ts'
import type { Env, WholeAnswer } from './http.ts'
import { addOauthEndpoints } from './oauth/routes.ts'
import { addAssets } from './pages/assets.ts'
import { addHome } from './home/routes.ts'
import { notFoundPage, sendPage } from './pages/layout.ts'
import type { Parts } from './parts.ts'
import { createSharedRouter } from './shared-router.ts'
import { addSignIn } from './sign-in/routes.ts'
import { addWorkspacePages } from './workspace/routes.ts'

export type Server = {
  /** Throws a ConnectionResetError when a fault breaks the connection. */
  answer(request: Request, caller: Caller): Promise<Answered>
}

export type Caller = {
  /** An IP address, or "in-process". */
  readonly address: string
  /** True when answers may be sent in one piece, with empty Responses. */
  readonly takesBytes: boolean
}

export type Answered = {
  readonly response: Response
  /** The real answer; the Response is then empty. */
  readonly whole: WholeAnswer | undefined
  /** True when its body may hang, break or never end. */
  readonly isFaulty: boolean
}

export function createServer(parts: Parts, control: Control): Server {
  // Made for the first request: tests create many servers, and some are only a memory.
  let app: Hono<Env> | undefined
  const { journal, faults, clock, settings } = parts

  return {
    answer: async (request, { address, takesBytes }) => {
      const { pathname: path, search: query, hostname } = new URL(request.url)
      const foreignHost = address === 'in-process' ? undefined : problemWithHost(hostname, settings)
      if (foreignHost !== undefined) return refuseHost(foreignHost)
      const exchange = journal.open({ at: clock.now(), request, path, query })
      const fault = exchange.isSelfMade ? undefined : faults.meet(request, path)
      let whole: WholeAnswer | undefined
      const takeBytes =
        takesBytes && !fault
          ? (answer: WholeAnswer) => {
              whole = answer
            }
          : undefined
      const process = async (): Promise<Response> =>
        (app ??= createApp(parts, control)).fetch(request, { exchange, address, takeBytes })
      exchange.fault = fault?.number
      try {
        const response = fault
          ? await answerFaultily(fault.answer, { clock, path, signal: request.signal, process })
          : await process()
        exchange.answer = {
          status: response.status,
          headers: whole?.headers ?? response.headers,
        }
        return { response, whole, isFaulty: fault !== undefined }
      } catch (error) {
        exchange.broken = error instanceof Error ? error.message : String(error)
        throw error
      } finally {
        exchange.durationMs = clock.now() - exchange.at
      }
    },
  }
}

/** Answers before the journal and the faults see the request. */
function refuseHost(problem: string): Answered {
  const response = Response.json({ local_attio: problem }, { status: 403 })
  return { response, whole: undefined, isFaulty: false }
}

function createApp(parts: Parts, control: Control): Hono<Env> {
  const app = new Hono<Env>({ router: createSharedRouter() })
  app.use(async (c, next) => {
    if (c.req.method !== 'GET') c.env.exchange.body = await c.req.text()
    await next()
  })
  app.use('/_control/*', guardControl(parts))
  addApi(parts, app)
  addOauthEndpoints(parts, app)
  addConsent(parts, app)
  addSignIn(parts, app)
  addDashboard(parts, app)
  addWorkspacePages(parts, app)
  addInspector(parts, control, app)
  addControlApi(parts, control, app)
  addAssets(app)
  addHome(parts, app)

  app.notFound((c) => sendPage(c, notFoundPage(), { status: 404 }))
  app.onError((error, c) => {
    if (error instanceof ConnectionResetError) throw error
    noteFailure(c.env.exchange, error)
    return c.json(failureBody, 500)
  })
  return app
}

/** Not in Attio's shape: an error of this server must not look like one of Attio's. */
const failureBody = { local_attio: 'This is a bug in the local Attio, not an answer of Attio’s.' }

function noteFailure(exchange: Exchange, error: Error): void {
  exchange.broken = error.stack ?? error.message
}
