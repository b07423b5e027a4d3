// Figures for the operator in the format of Prometheus. What happens is counted where it is logged, so that the log and
// the figures cannot disagree.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Logger } from '../support/logger.ts'

export interface Metrics {
  /** Returns a logger that also counts what is logged. */
  readonly counting: (logger: Logger) => Logger
  /** Returns every figure, with the given state of the queues, as the text that Prometheus reads. */
  readonly read: (queues: QueueFigures) => Promise<string>
  readonly contentType: string
}

export type QueueFigures = Readonly<
  Record<string, { readonly due: number; readonly lateMs: number }>
>

/** From a page that is kept to one that waits for a slow database. */
const requestSeconds = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const { due, events, late, requests } = createInstruments([registry])
  const count = (level: keyof Logger, event: string, fields: Fields): void => {
    events.inc({ event, level })
    const request = event === 'web.request' ? requestOf(fields) : undefined
    if (request !== undefined) requests.observe(request.labels, request.seconds)
  }
  const countingAt =
    (logger: Logger, level: keyof Logger): Logger['info'] =>
    (event, fields = {}) => {
      count(level, event, fields)
      logger[level](event, fields)
    }
  return {
    counting: (logger) => ({
      info: countingAt(logger, 'info'),
      warn: countingAt(logger, 'warn'),
      error: countingAt(logger, 'error'),
    }),
    read: async (queues) => {
      for (const [queue, state] of Object.entries(queues)) {
        due.set({ queue }, state.due)
        late.set({ queue }, state.lateMs / 1_000)
      }
      return await registry.metrics()
    },
    contentType: registry.contentType,
  }
}

function createInstruments(registers: Registry[]) {
  return {
    events: new Counter({
      name: 'taskr_events_total',
      help: 'What happened, by the name under which it is logged.',
      labelNames: ['event', 'level'],
      registers,
    }),
    requests: new Histogram({
      name: 'taskr_request_seconds',
      help: 'How long answering a request took.',
      labelNames: ['method', 'status'],
      buckets: requestSeconds,
      registers,
    }),
    due: new Gauge({
      name: 'taskr_queue_due',
      help: 'Pieces of work whose time has come, over all nodes.',
      labelNames: ['queue'],
      registers,
    }),
    late: new Gauge({
      name: 'taskr_queue_late_seconds',
      help: 'How long the first piece of work has been due, over all nodes.',
      labelNames: ['queue'],
      registers,
    }),
  }
}

/** Returns what is measured of a logged request. */
function requestOf({ method, ms, status }: Fields) {
  if (typeof method !== 'string' || typeof status !== 'number' || typeof ms !== 'number') {
    return undefined
  }
  // Anyone can send any method.
  const shown = knownMethods.has(method) ? method : 'other'
  return { labels: { method: shown, status: String(status) }, seconds: ms / 1_000 }
}

type Fields = Readonly<Record<string, unknown>>

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
