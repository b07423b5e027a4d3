// What several clients know together about when not to call Attio.
import { type CircuitBreakerState, createCircuitBreakerState } from './circuit-breaker.ts'
import type { RateLimitPauses } from './rate-limit-pause.ts'
import { createRetryBudget, type RetryBudget } from './retry-budget.ts'

/** Pass it on unread; its members may change. */
export interface SharedBackOff {
  /** By token and group of endpoints. */
  readonly pauses: RateLimitPauses
  readonly retryBudget: RetryBudget
  /** By the origin of the API. */
  readonly circuitBreakers: Map<string, CircuitBreakerState>
}

/**
 * Creates what an app shares between its clients when it makes one client per request or per token.
 * Clients of the same `tokenKey` pause together when Attio answers 429, the retries of all of them
 * stay a tenth of their calls, and they share one circuit breaker per Attio. Without it, each client
 * backs off alone. Source: docs.attio.com/rest-api/guides/rate-limiting
 *
 * @example
 * const sharedBackOff = createSharedBackOff()
 * const first = createAttioClient({ accessToken, sharedBackOff })
 * const second = createAttioClient({ accessToken, sharedBackOff })
 */
export function createSharedBackOff(): SharedBackOff {
  return { pauses: new Map(), retryBudget: createRetryBudget(), circuitBreakers: new Map() }
}

export function circuitBreakerStateOf(
  { circuitBreakers }: SharedBackOff,
  api: string,
): CircuitBreakerState {
  const state = circuitBreakers.get(api) ?? createCircuitBreakerState()
  circuitBreakers.set(api, state)
  return state
}
