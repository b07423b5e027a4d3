// Traces: which pieces of work belong together, and how long each takes.
import type { Logger } from '../support/logger.ts'
import { noTracing, type Tracing } from './span.ts'
import type { TraceTarget } from './trace-target.ts'

export { noTracing, type RemoteSpan, type Span, type Tracing } from './span.ts'
export { readPairs, type TraceTarget } from './trace-target.ts'
export { statementSpans } from './statement-span.ts'
export { tracedFetch } from './traced-fetch.ts'
export { withinSpans } from './work-span.ts'
export { withoutIds } from './without-ids.ts'

export async function openTracing(
  target: TraceTarget | undefined,
  logger: Logger,
): Promise<Tracing> {
  if (target === undefined) return noTracing
  const { createOpenTelemetry } = await import('./open-telemetry.ts')
  return createOpenTelemetry(target, logger)
}
