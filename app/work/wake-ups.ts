// Wakes a worker that waits: a request made while it works isn't lost.

export interface WakeUps {
  readonly request: () => void
  /** True when a wake-up was requested since the last call. */
  readonly take: () => boolean
  /** Resolves at the next request after the last call of `take`. */
  readonly requested: () => Promise<void>
}

export function createWakeUps(): WakeUps {
  let next = Promise.withResolvers<void>()
  let isRequested = false
  return {
    request: () => {
      isRequested = true
      next.resolve()
    },
    take: () => {
      const was = isRequested
      isRequested = false
      next = Promise.withResolvers()
      return was
    },
    requested: () => next.promise,
  }
}
