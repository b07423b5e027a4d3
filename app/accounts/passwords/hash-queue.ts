// A concurrency limit for hashes with two short queues behind it. Work that does not fit is refused as busy (H-31).

/** `first` puts the work before all other waiting work: a flood must not keep known clients out. */
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
