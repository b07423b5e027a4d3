// At most a few hashes at once and a short line behind them: what does not fit is told to come back (H-31).

export type HashQueue = <Result>(work: () => Promise<Result>) => Promise<Result | Busy>

export const busy = Symbol('busy')
export type Busy = typeof busy

export type HashQueueSize = { readonly running: number; readonly waiting: number }

export function createHashQueue({ running, waiting }: HashQueueSize): HashQueue {
  const line: (() => void)[] = []
  let underWay = 0

  function takeTurn(): Promise<void> {
    if (underWay < running) {
      underWay += 1
      return Promise.resolve()
    }
    // Whoever leaves hands the turn over, so `underWay` stays as it is.
    return new Promise((resolve) => {
      line.push(resolve)
    })
  }

  function leave(): void {
    const next = line.shift()
    if (next === undefined) underWay -= 1
    else next()
  }

  return async (work) => {
    if (underWay >= running && line.length >= waiting) return busy
    await takeTurn()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
