// What clients share when they hold back together.
import { createPauseState, type PauseState } from './pause.ts'
import { createRetryBudget, type RetryBudget } from './retry-budget.ts'

/** Pass it on as it is; what is in it may change. */
export interface AttioRestraint {
  readonly pause: PauseState
  readonly budget: RetryBudget
}

/**
 * For an app that makes a client per request, or one per token: clients with the same restraint wait
 * together when Attio says so, and their repeats together stay a tenth of their calls. Without it,
 * each client minds only itself. Source: docs.attio.com/rest-api/guides/rate-limiting
 *
 * @example
 * const restraint = createRestraint()
 * const first = createAttioClient({ accessToken, restraint })
 * const second = createAttioClient({ accessToken, restraint })
 */
export function createRestraint(): AttioRestraint {
  return { pause: createPauseState(), budget: createRetryBudget() }
}
