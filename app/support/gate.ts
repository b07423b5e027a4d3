// Lets only a limited number of pieces of work run at once; the others wait in the order they came.

export interface Gate {
  /** Waits for a place, then runs `work`. Rejects with the signal's reason when it aborts first. */
  readonly pass: <Result>(work: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>
}

export function createGate(places: number): Gate {
  const waiting = new Set<() => void>()
  let free = places

  const leave = (): void => {
    const [next] = waiting
    if (next === undefined) free += 1
    else next()
  }

  async function enter(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    if (free > 0) {
      free -= 1
      return
    }
    await new Promise<void>((resolve, reject) => {
      const onAbort = (): void => {
        waiting.delete(take)
        reject(signal?.reason)
      }
      const take = (): void => {
        waiting.delete(take)
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }
      waiting.add(take)
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  }

  return {
    pass: async (work, signal) => {
      await enter(signal)
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
