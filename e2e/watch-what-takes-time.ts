// Knows whether something is under way that takes real time, so that a test's clock is not wound on meanwhile: a query, or
// a call to the Attio of this process.
import type { Database } from '../app/database/open-database.ts'

export interface Watch {
  readonly database: (database: Database) => Database
  readonly fetch: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch
  readonly isBusy: () => boolean
}

/** A query that failed does not say that it ended. */
const longestQueryMs = 500
/** A call that takes longer waits for the clock itself. */
const longestCallMs = 20

export function watchWhatTakesTime(): Watch {
  const queries = createCounter(longestQueryMs)
  const calls = createCounter(longestCallMs)
  const plugin: Parameters<Database['db']['withPlugin']>[0] = {
    transformQuery: ({ node }) => {
      queries.begin()
      return node
    },
    transformResult: async ({ result }) => {
      queries.end()
      return result
    },
  }
  return {
    isBusy: () => queries.isBusy() || calls.isBusy(),
    database: (database) => ({
      ...database,
      db: database.db.withPlugin(plugin),
      transaction: async (work) => {
        queries.begin()
        try {
          return await database.transaction((db) => work(db.withPlugin(plugin)))
        } finally {
          queries.end()
        }
      },
    }),
    fetch: (fetch) => async (input, init) => {
      calls.begin()
      try {
        return await fetch(input, init)
      } finally {
        calls.end()
      }
    },
  }
}

/** Busy while something is under way that moved within that time. */
function createCounter(withinMs: number) {
  let underWay = 0
  let movedAt = 0
  const move = (by: 1 | -1): void => {
    underWay = Math.max(0, underWay + by)
    movedAt = performance.now()
  }
  return {
    begin: () => move(1),
    end: () => move(-1),
    isBusy: () => underWay > 0 && performance.now() - movedAt < withinMs,
  }
}
