// Limits retries to a tenth of the calls, so that a failing Attio does not get three times the load.

export interface RetryBudget {
  /** Adds a tenth of a retry. Called once per call. */
  earn(): void
  /** Takes one retry; false when none is left. */
  spend(): boolean
}

/** Creates a budget of `reserve` retries. A retry after a 429 is free, because Attio did not process the request. */
export function createRetryBudget({
  reserve = 10,
}: { readonly reserve?: number } = {}): RetryBudget {
  // Counted in tenths, because sums of 0.1 drift.
  let tenths = reserve * 10
  return {
    earn() {
      tenths = Math.min(tenths + 1, reserve * 10)
    },
    spend() {
      if (tenths < 10) return false
      tenths -= 10
      return true
    },
  }
}
