// A concurrency limit for hashes, with two short queues. Work that does not fit is refused as busy (H-31).

/** `first` queues the work before other work, so that a flood cannot shut out known clients. */
export type HashQueue = <Result>(
  work: () => Promise<Result>,
  options?: { readonly first?: boolean },
) => Promise<Result | Busy>

export const busy = Symbol('busy')
export type Busy = typeof busy

/** `waiting` is the limit of each of the two queues. */
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
    // Finished work passes its place on, so `underWay` does not change.
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
