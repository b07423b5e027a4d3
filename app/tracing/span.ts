// What Taskr says about the time that a piece of work takes. Without a collector it costs nothing.

export interface Tracing {
  /** Starts a span below the one that is under way, or below a proxy's. */
  readonly start: (name: string, beginning: SpanBeginning) => Span
  /** Sends what has not been sent yet, for two seconds at most. */
  readonly stop: () => Promise<void>
}

export interface SpanBeginning {
  readonly kind: 'server' | 'client' | 'internal'
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** The span of a trusted proxy. */
  readonly parent?: RemoteSpan | undefined
}

/** A span of another process (W3C Trace Context). */
export interface RemoteSpan {
  readonly traceId: string
  readonly spanId: string
  readonly isSampled: boolean
}

export interface Span {
  /** 32 hexadecimal digits; undefined when nothing is traced. */
  readonly traceId: string | undefined
  /** Does work within the span: spans that it starts are below this one. */
  readonly run: <Result>(work: () => Result) => Result
  readonly end: (ending: SpanEnding) => void
}

export interface SpanEnding {
  /** Milliseconds since 1970. */
  readonly endedAt: number
  /** A name that is known only now, such as that of the route. */
  readonly name?: string
  /** Texts and numbers without secrets; what is undefined is left out. */
  readonly attributes?: Readonly<Record<string, string | number | undefined>>
  readonly hasFailed?: boolean
}

const nothing: Span = { traceId: undefined, run: (work) => work(), end: () => {} }

export const noTracing: Tracing = { start: () => nothing, stop: async () => {} }
