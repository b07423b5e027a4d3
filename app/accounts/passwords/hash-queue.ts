// A concurrency limit for hashes with a short queue behind it: what does not fit is told to come back (H-31).

/** `first` puts the work in front of what is not: for clients that are known, whom a flood must not keep out. */
export type HashQueue = <Result>(
  work: () => Promise<Result>,
  options?: { readonly first?: boolean },
) => Promise<Result | Busy>

export const busy = Symbol('busy')
export type Busy = typeof busy

/** `waiting` holds for each of the two queues. */
export type HashQueueSize = { readonly running: number; readonly waiting: number }

export function createHashQueue({ running, waiting }: HashQueueSize): HashQueue {
  const ahead: (() => void)[] = []
  const behind: (() => void)[] = []
  let underWay = 0

  function start(queue: (() => void)[]): Promise<void> {
    if (underWay < running) {
      underWay += 1
      return Promise.resolve()
    }
    // The work that ends hands its place over, so `underWay` stays as it is.
    return new Promise((resolve) => {
      queue.push(resolve)
    })
  }

  function end(): void {
    const next = ahead.shift() ?? behind.shift()
    if (next === undefined) underWay -= 1
    else next()
  }

  return async (work, { first = false } = {}) => {
    const queue = first ? ahead : behind
    if (underWay >= running && queue.length >= waiting) return busy
    await start(queue)
    try {
      return await work()
    } finally {
      end()
    }
  }
}
