// Lets a few pieces of work go on at once, and the others wait in order.

export interface Semaphore {
  /** Does the work once fewer pieces than the limit are under way. */
  readonly run: <Result>(work: () => Promise<Result>) => Promise<Result>
}

export function createSemaphore(atOnce: number): Semaphore {
  const waiting: (() => void)[] = []
  let underWay = 0
  return {
    run: async (work) => {
      if (underWay < atOnce) underWay += 1
      // A piece of work that ends hands its place on.
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next === undefined) underWay -= 1
        else next()
      }
    },
  }
}
