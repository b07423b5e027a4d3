// Two nodes in processes of their own behind a proxy, and what a person's browser meets there.
import {
  startProcess,
  productionEnvironment,
  type TaskrProcess,
} from '../../testing/processes/taskr-process.ts'
import { freePort } from '../../testing/free-port.ts'
import { startProxy, type NodePorts, type Proxy, type ProxyName } from './proxy.ts'

export interface BehindProxy {
  readonly proxy: Proxy
  /** Stops a node, and starts it again on its port. */
  readonly restart: (node: 0 | 1) => Promise<void>
  readonly close: () => Promise<void>
}

export async function startBehindProxy(name: ProxyName, databaseUrl: string): Promise<BehindProxy> {
  const port = await freePort()
  const ports: NodePorts = [await freePort(), await freePort()]
  const environment = {
    ...productionEnvironment(databaseUrl),
    PUBLIC_URL: `http://localhost:${port}`,
    TASKR_TRUSTED_PROXIES: '1',
  }
  const start = (node: 0 | 1): Promise<TaskrProcess> =>
    startProcess({ ...environment, PORT: String(ports[node]) }, script)
  const nodes = [await start(0), await start(1)]
  const stop = async (node: TaskrProcess | undefined): Promise<void> => {
    node?.signal('SIGTERM')
    await node?.ended
  }
  const proxy = await startProxy(name, port, ports)
  return {
    proxy,
    restart: async (node) => {
      await stop(nodes[node])
      nodes[node] = await start(node)
    },
    close: async () => {
      await proxy.close()
      await Promise.all(nodes.map(stop))
    },
  }
}

/** Taskr with cheap passwords, on a PostgreSQL that trades durability for speed. */
const script = 'testing/processes/taskr-without-sign-up-limits.ts'
