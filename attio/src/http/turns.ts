// Divides long work into turns of the event loop. Parsing and checking a large answer in one go would hold up
// everything else that the process does.

export interface Turns {
  /** True when the current turn has lasted long enough: `await next()` then. */
  isOver(): boolean
  /** Lets other work run, then begins the next turn. */
  next(): Promise<void>
}

/** A turn is over after this many milliseconds; the step that is under way then still ends. */
const turnMs = 3
/** A text of at most this many characters is read in one turn. */
const longestInOneTurn = 64 * 1024

export const oneTurn: Turns = { isOver: () => false, next: () => Promise.resolve() }

/** Returns turns for reading a text of this length. */
export function turnsFor(length: number): Turns {
  if (length <= longestInOneTurn) return oneTurn
  let beganAt = performance.now()
  return {
    isOver: () => performance.now() - beganAt >= turnMs,
    async next() {
      await letOthersRun()
      beganAt = performance.now()
    },
  }
}

export function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
