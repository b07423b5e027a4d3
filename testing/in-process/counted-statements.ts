// Counts the SQL statements that Taskr sends, inside and outside transactions. Beginning and ending a transaction and
// raising its revisions are the database layer's own and are not counted.
import type { Database } from '../../app/database/open-database.ts'

type Db = Database['db']

export interface CountedStatements {
  readonly database: (database: Database) => Database
  /** Returns how many statements were sent during the work. */
  readonly during: (work: () => Promise<unknown>) => Promise<number>
}

export function countStatements(): CountedStatements {
  let count = 0
  const counting = (db: Db): Db =>
    db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        count += 1
        return result
      },
    })
  return {
    database: (database) => ({
      ...database,
      db: counting(database.db),
      transaction: (work) => database.transaction((db) => work(counting(db))),
    }),
    during: async (work) => {
      const before = count
      await work()
      return count - before
    },
  }
}
