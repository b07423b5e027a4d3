// The server as a `fetch`, without a socket: same arguments, same failures.
import { ConnectionResetError } from './faults/faulty-answer.ts'
import type { Server } from './server.ts'

export type InProcessFetch = (
  input: string | URL | Request,
  init?: RequestInit,
) => Promise<Response>

export function createInProcessFetch(server: Server): InProcessFetch {
  return async (input, init) => {
    const request = new Request(input, init)
    // Not request.signal, which stops following the caller's signal after garbage collection.
    const signal = init?.signal ?? (input instanceof Request ? input.signal : request.signal)
    signal.throwIfAborted()
    const response = await untilAborted(answer(server, request, signal), signal)
    const isRedirect = response.status >= 300 && response.status < 400
    if (isRedirect && request.redirect === 'error') throw failed(new Error('unexpected redirect'))
    return response
  }
}

async function answer(server: Server, request: Request, signal: AbortSignal): Promise<Response> {
  try {
    const { response, isFaulty } = await server.answer(request, {
      address: 'in-process',
      takesBytes: false,
    })
    if (!isFaulty || !response.body) return response
    // The signal must also end a body that is still being read, as it does on a socket.
    const body = response.body.pipeThrough(endedBy(signal))
    return new Response(body, { status: response.status, headers: response.headers })
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    throw cause instanceof ConnectionResetError ? failed(cause) : cause
  }
}

/** Returns the error that `fetch` throws when there is no answer. */
function failed(cause: Error): TypeError {
  return new TypeError('fetch failed', { cause })
}

function endedBy(signal: AbortSignal): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    start: (controller) => {
      signal.addEventListener('abort', () => controller.error(signal.reason), { once: true })
    },
  })
}

function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop))
}
