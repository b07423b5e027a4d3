// A proxy that brings a browser's requests for Taskr's address to another node, as a load balancer does.
import { createServer, request } from 'node:http'
import { once } from 'node:events'
import { freePort } from '../free-port.ts'

export interface NodeProxy {
  /** The address of the proxy, for a browser context. */
  readonly server: string
  readonly close: () => Promise<void>
}

/** Starts a proxy that sends what is meant for one port of this machine to another one, and the rest where it belongs. */
export async function startNodeProxy(meantFor: number, node: number): Promise<NodeProxy> {
  const proxy = createServer((incoming, outgoing) => {
    const { hostname, port, pathname, search } = new URL(incoming.url ?? '')
    const { headers, method } = incoming
    const path = pathname + search
    const onward = request({
      hostname,
      port: port === String(meantFor) ? node : port,
      path,
      method,
      headers,
    })
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  const port = await freePort()
  proxy.listen(port, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    server: `http://127.0.0.1:${port}`,
    close: async () => {
      proxy.closeAllConnections()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
