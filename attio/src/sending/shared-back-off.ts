// What clients share when they hold back together.
import { type CircuitState, createCircuitState } from './circuit-breaker.ts'
import { createPauseState, type PauseState } from './rate-limit-pause.ts'
import { createRetryBudget, type RetryBudget } from './retry-budget.ts'

/** Pass it on as it is; what is in it may change. */
export interface AttioRestraint {
  readonly pause: PauseState
  readonly budget: RetryBudget
  /** By the origin of the API. */
  readonly circuits: Map<string, CircuitState>
}

/**
 * For an app that makes a client per request, or one per token: clients with the same restraint wait
 * together when Attio says so, their repeats together stay a tenth of their calls, and what one sees
 * of an Attio that is down spares the others. Without it, each client minds only itself.
 * Source: docs.attio.com/rest-api/guides/rate-limiting
 *
 * @example
 * const restraint = createRestraint()
 * const first = createAttioClient({ accessToken, restraint })
 * const second = createAttioClient({ accessToken, restraint })
 */
export function createRestraint(): AttioRestraint {
  return { pause: createPauseState(), budget: createRetryBudget(), circuits: new Map() }
}

export function circuitStateOf({ circuits }: AttioRestraint, api: string): CircuitState {
  const state = circuits.get(api) ?? createCircuitState()
  circuits.set(api, state)
  return state
}
