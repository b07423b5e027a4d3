// The figures of a node: counted where Taskr logs, with the state of every queue.
import { createMetrics, type Metrics } from '../metrics/metrics.ts'
import type { Config } from '../config/config.ts'
import type { WebParts } from '../web/web-app.ts'
import type { Services } from './services.ts'
import type { Surroundings } from './surroundings.ts'

/** Counts what is logged from now on, when the operator has asked for figures. */
export function countLogged(
  { metricsToken }: Config,
  surroundings: Surroundings,
): { readonly metrics?: Metrics; readonly surroundings: Surroundings } {
  if (metricsToken === undefined) return { surroundings }
  const metrics = createMetrics()
  return {
    metrics,
    surroundings: { ...surroundings, logger: metrics.counting(surroundings.logger) },
  }
}

export function servedMetrics(
  { metricsToken }: Config,
  metrics: Metrics | undefined,
  { changes, connections, sync, webhooks }: Services,
): WebParts['metrics'] {
  if (metricsToken === undefined || metrics === undefined) return undefined
  const read = async (): Promise<string> =>
    await metrics.read({
      changes: await changes.measureDue(),
      refetches: await webhooks.measureDue(),
      revocations: await connections.measureDue(),
      syncs: await sync.measureDue(),
    })
  return { token: metricsToken, contentType: metrics.contentType, read }
}
