// Keeps repeats to a tenth of the calls, so that a broken Attio does not get three times the load.

export interface RetryBudget {
  /** A call began: a tenth of a repeat is earned. */
  earn(): void
  /** Takes one repeat; false when there is none left. */
  spend(): boolean
}

/** A 429 is not charged: it was not processed. */
export function createRetryBudget({
  reserve = 10,
}: { readonly reserve?: number } = {}): RetryBudget {
  // Counted in tenths: sums of 0.1 drift.
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
