// Applies a fault to an answer, in process and on a socket. A reset connection is a thrown
// ConnectionResetError, which the in-process fetch and the listener turn into the client's failure.
import type { Clock } from '../clock.ts'
import { defaultBody } from './default-bodies.ts'
import { reshape, type Shape } from './wrong-shapes.ts'

export type FaultAnswer = {
  /** Milliseconds to wait first, on the local Attio's clock. */
  readonly latencyMs?: number
  /** Never answers; ends when the client aborts. */
  readonly hang?: boolean
  /** Breaks the connection without an answer, before or after the request had its effect. */
  readonly reset?: 'before-commit' | 'after-commit'
  /** Answers with this instead. The request has no effect unless `commit` is set. */
  readonly status?: number
  /** Text is sent unchanged (as HTML when it begins with "<"), other values as JSON. */
  readonly body?: unknown
  /** A meaningless body of this many bytes. */
  readonly bodyBytes?: number
  readonly headers?: Readonly<Record<string, string>>
  /** The form of a 429's Retry-After header, or absent. Default: "date". */
  readonly retryAfter?: 'date' | 'seconds' | 'garbage' | 'absent'
  /** The request takes effect although its answer is replaced. */
  readonly commit?: boolean
  /** Changes the shape of the real JSON; other answers stay as they are. */
  readonly shape?: Shape
  /** Sends this many bytes of the body, then breaks the connection. */
  readonly truncate?: number
  /** Changes the query of a redirect to the app: sets a parameter, or removes it when null. */
  readonly redirect?: Readonly<Record<string, string | null>>
}

/** Thrown when a fault breaks the connection. */
export class ConnectionResetError extends Error {
  override readonly name = 'ConnectionResetError'
  readonly code = 'ECONNRESET'

  constructor() {
    super('read ECONNRESET')
  }
}

export type FaultyRequest = {
  readonly clock: Clock
  readonly path: string
  readonly signal: AbortSignal
  /** Makes the real answer. */
  readonly process: () => Promise<Response>
}

export async function answerFaultily(
  answer: FaultAnswer,
  request: FaultyRequest,
): Promise<Response> {
  if (answer.latencyMs !== undefined) await request.clock.wait(answer.latencyMs, request.signal)
  if (answer.hang) await untilAborted(request.signal)
  if (answer.reset === 'before-commit') throw new ConnectionResetError()
  const isReplaced = answer.status !== undefined || 'body' in answer || 'bodyBytes' in answer
  const real = !isReplaced || answer.commit ? await request.process() : undefined
  if (answer.reset === 'after-commit') throw new ConnectionResetError()
  return changed(answer, request, isReplaced ? replacement(answer, request) : real)
}

async function changed(
  answer: FaultAnswer,
  request: FaultyRequest,
  response = replacement(answer, request),
): Promise<Response> {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers.set(name, value)
  const location = headers.get('location')
  if (answer.redirect && location && URL.canParse(location))
    headers.set('location', reroute(location, answer.redirect))
  const init = { status: response.status, headers }
  if (answer.shape !== undefined && isJson(headers)) {
    const body: unknown = await response.json()
    return new Response(JSON.stringify(reshape(body, answer.shape)), init)
  }
  if (answer.truncate !== undefined) {
    const bytes = new Uint8Array(await response.arrayBuffer())
    headers.set('content-length', String(bytes.length))
    return new Response(brokenAfter(bytes.subarray(0, answer.truncate)), init)
  }
  return new Response(response.body, init)
}

function isJson(headers: Headers): boolean {
  return headers.get('content-type')?.startsWith('application/json') ?? false
}

function replacement(answer: FaultAnswer, { clock, path }: FaultyRequest): Response {
  const status = answer.status ?? 200
  const headers = new Headers()
  if (status === 429) {
    const retryAfter = retryAfters[answer.retryAfter ?? 'date'](clock.now())
    if (retryAfter !== undefined) headers.set('retry-after', retryAfter)
  }
  if (answer.bodyBytes !== undefined) {
    headers.set('content-type', 'application/json; charset=utf-8')
    return new Response(bytesOfNothing(answer.bodyBytes), { status, headers })
  }
  if (status === 204 || status === 205 || status === 304)
    return new Response(null, { status, headers })
  const body = 'body' in answer ? answer.body : defaultBody(status, path)
  const isHtml = typeof body === 'string' && body.trimStart().startsWith('<')
  headers.set(
    'content-type',
    isHtml ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
  )
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })
}

const retryAfters = {
  date: (now: number) => new Date((Math.floor(now / 1000) + 1) * 1000).toUTCString(),
  seconds: () => '1',
  garbage: () => 'soon, or so',
  absent: () => undefined,
} as const

function reroute(location: string, changes: Readonly<Record<string, string | null>>): string {
  const url = new URL(location)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  }
  return url.href
}

function untilAborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(new ConnectionResetError())
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  return promise
}

function brokenAfter(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let sent = false
  return new ReadableStream({
    pull: (controller) => {
      if (sent || bytes.length === 0) controller.error(new ConnectionResetError())
      else controller.enqueue(bytes)
      sent = true
    },
  })
}

const chunkBytes = 64 * 1024

function bytesOfNothing(total: number): ReadableStream<Uint8Array> {
  let left = total
  return new ReadableStream({
    pull: (controller) => {
      if (left <= 0) return controller.close()
      controller.enqueue(new Uint8Array(Math.min(left, chunkBytes)).fill(0x20))
      left -= chunkBytes
    },
  })
}
