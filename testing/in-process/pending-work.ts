// Knows whether a query, a call to the local Attio or a request to Taskr is under way. All of them take real time, so a
// test's clock does not advance meanwhile.
import type { Database } from '../../app/database/open-database.ts'

import type { BusyPlace } from '../../app/support/clock.ts'

type Db = Database['db']

export interface Watch {
  readonly database: (database: Database) => Database
  readonly fetch: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch
  /** Counts the answering of a request by Taskr. */
  readonly request: <Result>(work: () => Promise<Result>) => Promise<Result>
  readonly busy: () => BusyPlace
}

/** A transaction that takes longer than this is assumed to wait for the test's clock. */
const longestQueryMs = 500
/** A call that takes longer than this is assumed to wait for the test's clock. */
const longestCallMs = 20
/** A request to Taskr that takes longer than this is assumed to wait for the test's clock. */
const longestRequestMs = 200

export function watchWhatTakesTime(): Watch {
  const queries = createCounter(longestQueryMs)
  const calls = createCounter(longestCallMs)
  const requests = createCounter(longestRequestMs)
  // A Kysely plugin would also count the parts of a query, which never end.
  const watchQueries = (db: Db): Db => {
    const executor = db.getExecutor()
    const execute = executor.executeQuery.bind(executor)
    executor.executeQuery = (...query) => queries.during(() => execute(...query))
    return db
  }
  return {
    request: requests.during,
    busy: () => {
      // Queries wait for PostgreSQL or the disk, and requests for passwords that other threads hash.
      if (queries.isBusy() || requests.isBusy()) return 'elsewhere'
      return calls.isBusy() ? 'here' : false
    },
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
 * Counts pieces of work. It is busy while one is under way and one began or ended within `withinMs` of this process's own
 * processor time: time that other processes have does not count.
 */
function createCounter(withinMs: number) {
  let underWay = 0
  let movedAt = 0
  // Reading the processor's time is slow, so it is read when someone asks, not at every query.
  let hasMoved = false
  const move = (by: 1 | -1): void => {
    underWay += by
    hasMoved = true
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
    isBusy: (): boolean => {
      if (underWay === 0) return false
      const now = processorMs()
      if (hasMoved) movedAt = now
      hasMoved = false
      return now - movedAt < withinMs
    },
  }
}

function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
