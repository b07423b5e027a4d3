// Knows whether something is under way that takes real time, so that a test's clock is not wound on meanwhile: a query, or
// a call to the Attio of this process.
import type { Database } from '../../app/database/open-database.ts'

type Db = Database['db']

export interface Watch {
  readonly database: (database: Database) => Database
  readonly fetch: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch
  readonly isBusy: () => boolean
}

/** A transaction may wait for the clock itself. */
const longestQueryMs = 500
/** A call that takes longer waits for the clock itself. */
const longestCallMs = 20

export function watchWhatTakesTime(): Watch {
  const queries = createCounter(longestQueryMs)
  const calls = createCounter(longestCallMs)
  // A plugin would also count queries inside others, which never end.
  const watchQueries = (db: Db): Db => {
    const executor = db.getExecutor()
    const execute = executor.executeQuery.bind(executor)
    executor.executeQuery = (...query) => queries.during(() => execute(...query))
    return db
  }
  return {
    isBusy: () => queries.isBusy() || calls.isBusy(),
    database: (database) => ({
      ...database,
      db: watchQueries(database.db),
      transaction: (work) =>
        queries.during(() => database.transaction((db) => work(watchQueries(db)))),
    }),
    fetch: (fetch) => (input, init) => calls.during(() => fetch(input, init)),
  }
}

/**
 * Busy while something is under way that moved within that time: of this process's own time, for while others have the
 * processor nothing can move.
 */
function createCounter(withinMs: number) {
  let underWay = 0
  let movedAt = 0
  const move = (by: 1 | -1): void => {
    underWay += by
    movedAt = processorMs()
  }
  return {
    during: async <Result>(work: () => Promise<Result>): Promise<Result> => {
      move(1)
      try {
        return await work()
      } finally {
        move(-1)
      }
    },
    isBusy: () => underWay > 0 && processorMs() - movedAt < withinMs,
  }
}

function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
