// Knows whether a query is under way: what takes real time is waited for before a test's clock is wound on.
import type { Database } from '../app/database/open-database.ts'

export interface WatchedDatabase {
  readonly between: (database: Database) => Database
  readonly isBusy: () => boolean
}

/** A query that failed does not say that it ended. */
const longestQueryMs = 500

export function watchDatabase(): WatchedDatabase {
  let underWay = 0
  let lastMoved = 0
  const move = (by: 1 | -1): void => {
    underWay = Math.max(0, underWay + by)
    lastMoved = performance.now()
  }
  const plugin: Parameters<Database['db']['withPlugin']>[0] = {
    transformQuery: ({ node }) => {
      move(1)
      return node
    },
    transformResult: async ({ result }) => {
      move(-1)
      return result
    },
  }
  return {
    isBusy: () => underWay > 0 && performance.now() - lastMoved < longestQueryMs,
    between: (database) => ({
      ...database,
      db: database.db.withPlugin(plugin),
      transaction: async (work) => {
        move(1)
        try {
          return await database.transaction((db) => work(db.withPlugin(plugin)))
        } finally {
          move(-1)
        }
      },
    }),
  }
}
