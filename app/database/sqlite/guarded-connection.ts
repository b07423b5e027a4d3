// A connection that refuses to write into a file that was deleted or replaced: SQLite would accept such a write, and it
// would be lost.

import type { CompiledQuery, DatabaseConnection } from 'kysely'
import type { DatabaseError } from '../database-error.ts'

export function refuseWrites(
  connection: DatabaseConnection,
  problem: () => DatabaseError | undefined,
): DatabaseConnection {
  return {
    executeQuery: async (query, options) => {
      const refusal = begins(query) ? problem() : undefined
      if (refusal !== undefined) throw refusal
      return await connection.executeQuery(query, options)
    },
    streamQuery: (query, size, options) => connection.streamQuery(query, size, options),
  }
}

/** True for a statement that writes or begins a transaction, but not for one that ends a transaction. */
function begins(query: CompiledQuery): boolean {
  return /^\s*(?:begin|insert|update|delete)\b/i.test(query.sql)
}
