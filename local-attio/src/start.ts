// Starts a local Attio on a port.
import { once } from 'node:events'
import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import {
  createServer as createNodeServer,
  ServerResponse,
  type Server as NodeServer,
} from 'node:http'
import { ConnectionResetError } from './faults/faulty-answer.ts'
import type { WholeAnswer } from './http.ts'
import { buildLocalAttio, type LocalAttio, type LocalAttioOptions } from './local-attio.ts'
import type { Server } from './server.ts'

export type StartOptions = LocalAttioOptions & {
  /** Default: 3060; 0 picks a free port. */
  readonly port?: number
  /** Default: 127.0.0.1 */
  readonly host?: string
}

export type RunningLocalAttio = LocalAttio & {
  /** The same as `origin`. */
  readonly url: string
  readonly port: number
  /** Closes every connection, then the server. */
  stop(): Promise<void>
}

/**
 * Starts a local Attio on a port. Rejects with the system's error when the port is taken.
 *
 * @example
 * const attio = await startLocalAttio({ port: 0, data: 'data/attio.db' })
 * console.log(attio.url)
 * await attio.stop()
 */
export async function startLocalAttio(options: StartOptions = {}): Promise<RunningLocalAttio> {
  const { port = 3060, host = '127.0.0.1' } = options
  const { attio, server, parts } = buildLocalAttio(options)
  const socket = listener(server)
  try {
    socket.listen(port, host)
    await once(socket, 'listening')
  } catch (error) {
    attio.close()
    throw error
  }
  const address = socket.address()
  const actualPort = typeof address === 'object' && address ? address.port : port
  const origin = options.origin ?? `http://${nameOf(host)}:${actualPort}`
  parts.settings.origin = origin
  return {
    ...attio,
    origin,
    url: origin,
    port: actualPort,
    stop: async () => {
      socket.close()
      socket.closeAllConnections()
      await once(socket, 'close')
      attio.close()
    },
  }
}

/** Prefers the name localhost to a loopback address. */
function nameOf(host: string): string {
  if (host === '127.0.0.1' || host === '0.0.0.0' || host === '::1' || host === '::') {
    return 'localhost'
  }
  return host.includes(':') ? `[${host}]` : host
}

function listener(server: Server): NodeServer {
  const listen = getRequestListener(
    async (request, { incoming, outgoing }) => {
      try {
        const address = incoming.socket?.remoteAddress ?? ''
        const { response, whole, isFaulty } = await server.answer(request, {
          address,
          takesBytes: outgoing instanceof ServerResponse,
        })
        if (!(outgoing instanceof ServerResponse)) return response
        if (isFaulty) await send(response, outgoing)
        else if (whole === undefined) return response
        else sendWhole(whole, outgoing)
      } catch (error) {
        if (!(error instanceof ConnectionResetError)) throw error
        outgoing.destroy()
      }
      return RESPONSE_ALREADY_SENT
    },
    { overrideGlobalObjects: false },
  )
  return createNodeServer((incoming, outgoing) => void listen(incoming, outgoing))
}

/** Sends an answer in one piece, with its length. */
function sendWhole({ status, headers, bytes }: WholeAnswer, outgoing: ServerResponse): void {
  outgoing.writeHead(status, { ...headers, 'content-length': bytes.length })
  outgoing.end(bytes)
}

/** Sends a body's first part before it breaks, which the adapter would drop. */
async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  for await (const chunk of response.body ?? []) {
    const { promise, resolve } = Promise.withResolvers<void>()
    outgoing.once('close', resolve)
    outgoing.write(chunk, () => resolve())
    await promise
    outgoing.off('close', resolve)
    if (outgoing.destroyed) return
  }
  outgoing.end()
}
