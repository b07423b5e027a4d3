// A TCP proxy in front of PostgreSQL that can fall silent: it drops every byte and closes nothing, as a
// broken network or a half-open connection does.
import { connect, createServer, type Socket } from 'node:net'

export interface SilentProxy {
  /** The database's URL through the proxy. */
  readonly url: string
  /** Connections that exist now stay dead. New ones are accepted and get no answer. */
  readonly fallSilent: () => void
  /** New connections work again. */
  readonly heal: () => void
  /** How many connections were opened so far. */
  readonly opened: () => number
  readonly close: () => Promise<void>
}

export async function startSilentProxy(databaseUrl: string): Promise<SilentProxy> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  const silent = new Set<Socket>()
  let isSilent = false
  let opened = 0

  const server = createServer((incoming) => {
    opened += 1
    sockets.add(incoming)
    incoming.on('error', () => {})
    incoming.on('close', () => sockets.delete(incoming))
    if (isSilent) {
      incoming.resume()
      return
    }
    const outgoing = connect(Number(target.port), target.hostname)
    sockets.add(outgoing)
    outgoing.on('error', () => {})
    outgoing.on('close', () => sockets.delete(outgoing))
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      from.on('data', (bytes) => {
        if (!silent.has(from)) to.write(bytes)
      })
      from.on('close', () => {
        if (!silent.has(from)) to.destroy()
      })
    }
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  const url = new URL(databaseUrl)
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0)
  return {
    url: url.href,
    fallSilent: () => {
      isSilent = true
      for (const socket of sockets) silent.add(socket)
    },
    heal: () => {
      isSilent = false
    },
    opened: () => opened,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      await closed.promise
    },
  }
}
