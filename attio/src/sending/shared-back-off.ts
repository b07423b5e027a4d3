// Back-off state that several clients share.
import { type CircuitBreakerState, createCircuitBreakerState } from './circuit-breaker.ts'
import type { RateLimitPauses } from './rate-limit-pause.ts'
import { createRetryBudget, type RetryBudget } from './retry-budget.ts'

/** Opaque: pass it on without reading it. Its members may change. */
export interface SharedBackOff {
  /** By token and group of endpoints. */
  readonly pauses: RateLimitPauses
  readonly retryBudget: RetryBudget
  /** By the origin of the API. */
  readonly circuitBreakers: Map<string, CircuitBreakerState>
}

/**
 * Creates the back-off state of an app that creates one client per request or per token. Clients with
 * the same `tokenKey` pause together after a 429, their retries together stay below a tenth of their
 * calls, and they share one circuit breaker per Attio origin. Without it, each client backs off alone.
 * Source: docs.attio.com/rest-api/guides/rate-limiting
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
