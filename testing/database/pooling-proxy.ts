// A TCP proxy in front of PostgreSQL that behaves as PgBouncer does in transaction mode: it drops every notification, and
// greets with a process number of its own.
import { connect, createServer, type Socket } from 'node:net'

export interface PoolingProxy {
  /** The database's URL through the proxy. */
  readonly url: string
  readonly close: () => Promise<void>
}

export async function startPoolingProxy(databaseUrl: string): Promise<PoolingProxy> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  const server = createServer((incoming) => {
    const outgoing = connect(Number(target.port), target.hostname)
    const asPooled = createFilter()
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(from)
      from.on('error', () => {})
      from.on('close', () => to.destroy())
    }
    incoming.on('data', (bytes) => outgoing.write(bytes))
    outgoing.on('data', (bytes) => incoming.write(asPooled(Buffer.from(bytes))))
  })
  const listening = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', listening.resolve)
  await listening.promise
  const address = server.address()
  const url = new URL(databaseUrl)
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0)
  return {
    url: url.href,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      await closed.promise
    },
  }
}

/** A message is a letter, its length, and the rest: https://www.postgresql.org/docs/current/protocol-message-formats.html */
function createFilter(): (bytes: Buffer) => Buffer {
  const notification = 'A'.charCodeAt(0)
  const backendKeyData = 'K'.charCodeAt(0)
  let waiting = Buffer.alloc(0)
  return (bytes) => {
    waiting = Buffer.concat([waiting, bytes])
    const kept: Buffer[] = []
    while (waiting.length >= 5 && waiting.length > waiting.readUInt32BE(1)) {
      const end = waiting.readUInt32BE(1) + 1
      const message = waiting.subarray(0, end)
      if (message[0] === backendKeyData) message.writeUInt32BE(0, 5)
      if (message[0] !== notification) kept.push(message)
      waiting = waiting.subarray(end)
    }
    return Buffer.concat(kept)
  }
}
