// Sends spans to a collector, as OTLP over HTTP. Loaded only where a collector is named.
import { AsyncLocalStorage } from 'node:async_hooks'
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Span as OtelSpan,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type SpanExporter,
} from '@opentelemetry/sdk-trace'
import type { Logger } from '../support/logger.ts'
import { readPairs, type TraceTarget } from './trace-target.ts'
import type { RemoteSpan, Span, Tracing } from './span.ts'

const sendWithinMs = 2_000

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
} as const

export function createOpenTelemetry(target: TraceTarget, logger: Logger): Tracing {
  const provider = createProvider(target, logger)
  const tracer = provider.getTracer('taskr')
  const underWay = new AsyncLocalStorage<Context>()
  return {
    start: (name, { kind, parent, startedAt }) => {
      const above = parent === undefined ? (underWay.getStore() ?? ROOT_CONTEXT) : contextOf(parent)
      const options = { kind: kinds[kind], startTime: new Date(startedAt) }
      const span = tracer.startSpan(name, options, above)
      return spanOf(span, (work) => underWay.run(trace.setSpan(above, span), work))
    },
    stop: async () => {
      const over = new Promise<void>((resolve) => setTimeout(resolve, sendWithinMs).unref())
      // What could not be sent is in the log.
      await Promise.race([provider.shutdown().catch(() => {}), over])
    },
  }
}

function createProvider(target: TraceTarget, logger: Logger): TracerProvider {
  const root = new TraceIdRatioBasedSampler(target.ratio)
  const url = target.url
  const headers = Object.fromEntries(readPairs(target.headers.reveal()))
  const exporter = reporting(new OTLPTraceExporter({ url, headers }), logger)
  return new TracerProvider({
    resource: resourceFromAttributes({ ...target.resource }),
    sampler: target.followsParent ? new ParentBasedSampler({ root }) : root,
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
}

/** Logs what the collector did not take; the libraries themselves say nothing. */
function reporting(exporter: SpanExporter, logger: Logger): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error !== undefined) {
          logger.warn('tracing.not-sent', { spans: spans.length, error: result.error })
        }
        done(result)
      }),
    shutdown: async () => await exporter.shutdown(),
    forceFlush: async () => await exporter.forceFlush?.(),
  }
}

function contextOf({ isSampled, spanId, traceId }: RemoteSpan): Context {
  const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}

function spanOf(span: OtelSpan, run: Span['run']): Span {
  return {
    traceId: span.spanContext().traceId,
    run,
    end: ({ attributes = {}, endedAt, hasFailed = false, name }) => {
      if (name !== undefined) span.updateName(name)
      for (const [key, value] of Object.entries(attributes)) {
        if (value !== undefined) span.setAttribute(key, value)
      }
      if (hasFailed) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end(new Date(endedAt))
    },
  }
}
