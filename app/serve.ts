// Puts a composed Taskr on a port and takes it off again without losing a request.
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { composeTaskr, StartError, type Surroundings, type Taskr } from './compose.ts'
import type { Config } from './config.ts'
import { prepareDrain } from './support/drain.ts'

export interface ServedTaskr {
  readonly url: string
  readonly port: number
  /** Not ready at once, no new connections, open requests finish, then the database closes. */
  readonly stop: () => Promise<void>
}

/** Slow senders are cut off; a request that was read in full has as long as it needs. */
const headersTimeoutMs = 10_000
const requestTimeoutMs = 15_000
const keepAliveTimeoutMs = 5_000
const stopWithinMs = 10_000

export async function serveTaskr(config: Config, surroundings: Surroundings): Promise<ServedTaskr> {
  const taskr = await composeTaskr(config, surroundings)
  const server = createServer(taskr)
  const drain = prepareDrain(server)
  try {
    const port = await listen(server, config)
    if (config.role !== 'web') taskr.startWorking()
    return { url: config.publicUrl.origin, port, stop: () => stop(server, taskr, drain) }
  } catch (error) {
    await taskr.stop()
    throw error
  }
}

function createServer(taskr: Taskr): Server {
  const server = createAdaptorServer({
    fetch: (request, { incoming }) =>
      // fetch's Request cannot carry TRACE and the like; nothing here takes them either.
      taskr.fetch(request, incoming.socket.remoteAddress),
    serverOptions: {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16 * 1024,
    },
  })
  if (!('headersTimeout' in server)) throw new TypeError('Taskr serves HTTP/1.1')
  return server
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

async function stop(server: Server, taskr: Taskr, drain: () => void): Promise<void> {
  await taskr.beginStopping()
  const { promise, resolve } = Promise.withResolvers<void>()
  const cut = setTimeout(() => server.closeAllConnections(), stopWithinMs)
  server.close(() => resolve())
  drain()
  await promise
  clearTimeout(cut)
  await taskr.stop()
}
