// The IDs by which a trusted proxy names a request, so that its log and Taskr's can be joined.
import type { RemoteSpan } from '../../tracing/tracing.ts'
import type { Site } from '../web-parts.ts'

export interface ForwardedIds {
  /** From `X-Request-Id`. */
  readonly requestId?: string
  /** From `traceparent` (W3C Trace Context, level 1). */
  readonly parent?: RemoteSpan
}

interface Headers {
  readonly get: (name: string) => string | null
}

/** Returns nothing without a trusted proxy: then anybody could write into the log. */
export function forwardedIds(headers: Headers, { trustedProxies }: Site): ForwardedIds {
  if (trustedProxies === 0) return {}
  const requestId = headers.get('x-request-id') ?? ''
  return {
    ...(/^[\w.:=+/-]{8,100}$/.test(requestId) && { requestId }),
    ...traceOf(headers.get('traceparent') ?? ''),
  }
}

/** A later version may have more fields; version ff and IDs of zeros are invalid. */
function traceOf(text: string): Pick<ForwardedIds, 'parent'> {
  const [, version, traceId, spanId, flags = '', rest = ''] =
    /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/.exec(text) ?? []
  if (version === undefined || version === 'ff' || (version === '00' && rest !== '')) return {}
  if (traceId === undefined || spanId === undefined) return {}
  if (isZero(traceId) || isZero(spanId)) return {}
  return { parent: { traceId, spanId, isSampled: Number.parseInt(flags, 16) % 2 === 1 } }
}

function isZero(id: string): boolean {
  return /^0+$/.test(id)
}
