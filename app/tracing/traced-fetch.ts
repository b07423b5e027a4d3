// A fetch whose calls are spans. A span has the call's host and method, and of Attio's addresses the path without IDs:
// those have no secrets, and nothing is said about the paths of other hosts.
import type { Clock } from '../support/clock.ts'
import { withoutIds } from './without-ids.ts'
import { noTracing, type Tracing } from './span.ts'

type Fetch = typeof globalThis.fetch

export function tracedFetch(send: Fetch, { clock, origins, tracing }: TracedFetchParts): Fetch {
  if (tracing === noTracing) return send
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const method = init?.method ?? (input instanceof Request ? input.method : 'GET')
    const path = origins.includes(url.origin) ? withoutIds(url.pathname) : undefined
    const attributes = {
      'http.request.method': method,
      'server.address': url.hostname,
      'url.template': path,
    }
    const name = path === undefined ? method : `${method} ${path}`
    const span = tracing.start(name, { kind: 'client', startedAt: clock.now() })
    try {
      const response = await span.run(() => send(input, init))
      const { status } = response
      span.end({
        endedAt: clock.now(),
        attributes: { ...attributes, 'http.response.status_code': status },
        hasFailed: status >= 400,
      })
      return response
    } catch (error) {
      const type = error instanceof Error ? error.name : 'unknown'
      span.end({
        endedAt: clock.now(),
        attributes: { ...attributes, 'error.type': type },
        hasFailed: true,
      })
      throw error
    }
  }
}

interface TracedFetchParts {
  readonly clock: Clock
  /** The origins whose paths have no secrets. */
  readonly origins: readonly string[]
  readonly tracing: Tracing
}
