// Ends the connections of an HTTP server without cutting off an answer. Node alone would wait for connections that a
// browser opened in advance and never used, and for those on which it sends another request after the last answer.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

export interface Drain {
  /** From now on every answer announces that it is the last one on its connection. */
  readonly announce: () => void
  /** Ends each connection as soon as no request is under way on it. */
  readonly begin: () => void
}

/** Tracks the server's connections. */
export function prepareDrain(server: Server): Drain {
  const underWay = new Map<Socket, number>()
  let announced = false
  let draining = false

  const count = (socket: Socket, more: number): void => {
    if (socket.destroyed) return
    const left = (underWay.get(socket) ?? 0) + more
    underWay.set(socket, left)
    if (draining && left === 0) socket.destroySoon()
  }
  server.on('connection', (socket) => {
    underWay.set(socket, 0)
    socket.once('close', () => underWay.delete(socket))
  })
  // Registered before the request handler.
  server.prependListener('request', ({ socket }, response) => {
    if (announced) response.shouldKeepAlive = false
    count(socket, 1)
    response.once('close', () => count(socket, -1))
  })

  return {
    announce: () => {
      announced = true
    },
    begin: () => {
      announced = true
      draining = true
      for (const socket of underWay.keys()) count(socket, 0)
    },
  }
}
