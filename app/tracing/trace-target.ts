import type { Secret } from '../support/secret.ts'

export interface TraceTarget {
  /** The collector's address for traces, OTLP over HTTP. */
  readonly url: string
  /** Headers of each request to the collector; they may hold a key. */
  readonly headers: Secret
  /** What the traces are from, such as `service.name`. */
  readonly resource: Readonly<Record<string, string>>
  /** The share of requests, from 0 to 1, that are traced where no trusted proxy has decided. */
  readonly ratio: number
  /** True when each statement of the database is a span, too. */
  readonly statements: boolean
  /** Whether a decision of a trusted proxy counts. */
  readonly followsParent: boolean
}

/** Reads `name=value,name=value`, percent-encoded, as headers and attributes are given (W3C Baggage). */
export function readPairs(text: string): readonly (readonly [string, string])[] {
  return text.split(',').flatMap((pair) => {
    const at = pair.indexOf('=')
    if (at === -1) return []
    return [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())] as const]
  })
}
