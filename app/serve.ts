// Serves a composed Taskr on a port, and stops it without losing a request.
import { createServer, type Server, type ServerResponse } from 'node:http'
import { getRequestListener, RequestError } from '@hono/node-server'
import {
  composeTaskr,
  StartError,
  type BegunRequest,
  type StraightAnswer,
  type Surroundings,
  type Taskr,
} from './compose.ts'
import { works } from './composing/composing.ts'
import type { Config } from './config/config.ts'
import { createLagMeter, measureLag } from './support/event-loop-lag.ts'
import { prepareDrain, type Drain } from './support/drain.ts'
import type { Logger } from './support/logger.ts'

export interface ServedTaskr {
  readonly url: string
  readonly port: number
  /**
   * Reports not ready at once, then refuses new connections, finishes open requests and closes the database. In
   * production it accepts requests for two seconds more, until load balancers have noticed.
   */
  readonly stop: () => Promise<void>
}

/** Cuts off clients that send or receive too slowly. All of it happens within fifteen seconds. */
const headersTimeoutMs = 10_000
const requestTimeoutMs = 13_000
/** Longer than Taskr waits for Attio, and than the heartbeat of an event stream. */
const stillTimeoutMs = 15_000
/** Node checks twice before it decides that a connection is stalled. */
const unreadTimeoutMs = 7_000
const keepAliveTimeoutMs = 5_000
const stopWithinMs = 8_000

export async function serveTaskr(config: Config, surroundings: Surroundings): Promise<ServedTaskr> {
  const lag = createLagMeter()
  const taskr = await composeTaskr(config, { isLate: lag.isLate, ...surroundings })
  const stopMeasuring = measureLag(lag)
  const server = createHttpServer(taskr, surroundings.logger)
  const drain = prepareDrain(server)
  try {
    const port = await listen(server, config)
    taskr.startHousekeeping()
    if (works(config.role)) taskr.startWorking()
    const stop = async (): Promise<void> => {
      await taskr.beginStopping()
      drain.announce()
      if (config.production) await surroundings.clock.wait(config.stopNoticeMs)
      await end(server, taskr, drain)
      stopMeasuring()
    }
    return { url: config.publicUrl.origin, port, stop }
  } catch (error) {
    stopMeasuring()
    await taskr.stop()
    throw error
  }
}

function createHttpServer(taskr: Taskr, logger: Logger): Server {
  const begun = new WeakMap<object, BegunRequest>()
  const listener = getRequestListener(
    (request, { incoming }) => {
      if (isMalformed(incoming)) return refusal()
      return taskr.fetch(request, incoming.socket.remoteAddress, begun.get(incoming))
    },
    {
      errorHandler: (error) => {
        if (error instanceof RequestError) return refusal()
        logger.error('serve.failed', { error })
        return new Response(null, { status: 500, headers: bareHeaders })
      },
    },
  )
  const options = {
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: 16 * 1024,
    // Refused below instead, except for health checks: some load balancers send no Host.
    requireHostHeader: false,
  }
  const server = createServer(options, (incoming, outgoing) => {
    if (taskr.healthChecks.includes(incoming.url ?? '')) incoming.headers.host ??= 'localhost'
    incoming.socket.setTimeout(stillTimeoutMs)
    outgoing.once('prefinish', () => incoming.socket.setTimeout(unreadTimeoutMs))
    const straight = isMalformed(incoming) ? undefined : taskr.beginStraight(incoming)
    if (straight === undefined) return void listener(incoming, outgoing)
    begun.set(incoming, straight)
    void straight.answer.then((answer) =>
      answer === undefined ? listener(incoming, outgoing) : send(outgoing, answer),
    )
  })
  server.timeout = stillTimeoutMs
  server.maxRequestsPerSocket = 10_000
  return server
}

function send(outgoing: ServerResponse, { headers, pieces, status }: StraightAnswer): void {
  outgoing.writeHead(status, [...headers])
  // Head and pieces leave in one write.
  outgoing.cork()
  for (const piece of pieces) outgoing.write(piece)
  outgoing.end()
}

function isMalformed(incoming: Target): boolean {
  return hosts(incoming) > 1 || hasUserinfo(incoming)
}

/** With several Host headers, each proxy may trust a different one (RFC 9112 §3.2). */
function hosts({ rawHeaders }: Target): number {
  return rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === 'host').length
}

/**
 * True for `GET http://user:password@host/…` (RFC 9110 §4.2.4). A Request cannot be made from it, and the resulting error
 * repeats the address, including a callback's code.
 */
function hasUserinfo({ url = '', headers }: Target): boolean {
  return /^[a-z][a-z\d+.-]*:\/*[^/?#]*@/i.test(url) || headers.host?.includes('@') === true
}

interface Target {
  readonly rawHeaders: readonly string[]
  readonly url?: string | undefined
  readonly headers: { readonly host?: string | undefined }
}

/** Refuses a malformed request before it becomes a Request. */
function refusal(): Response {
  return new Response(null, { status: 400, headers: { ...bareHeaders, connection: 'close' } })
}

const bareHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

async function listen(server: Server, { host, port }: Config): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', (error: NodeJS.ErrnoException) => reject(describe(error, port)))
  server.listen(port, host, resolve)
  await promise
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

function describe(error: NodeJS.ErrnoException, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${port} is taken. Stop what uses it, or choose another: PORT=3051 npm start`,
      )
    case 'EACCES':
      return new StartError(`This user may not listen on port ${port}. Choose one above 1023.`)
    case 'EADDRNOTAVAIL':
      return new StartError('HOST is no address of this machine.')
    default:
      return error
  }
}

async function end(server: Server, taskr: Taskr, drain: Drain): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const cut = setTimeout(() => server.closeAllConnections(), stopWithinMs)
  server.close(() => resolve())
  drain.begin()
  await promise
  clearTimeout(cut)
  await taskr.stop()
}
