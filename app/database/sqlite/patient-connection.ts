// A connection that waits for a file which another program holds, such as a backup or a shell, without holding up the
// process: SQLite's own waiting would stop every other request, health checks included.

import { setTimeout as wait } from 'node:timers/promises'
import type { DatabaseConnection } from 'kysely'
import { isSqliteBusy } from './sqlite-errors.ts'

const retryEveryMs = 20
/** About five seconds: longer than a backup takes a step, shorter than a browser waits. */
const mostRetries = 250

export function waitWhenBusy(connection: DatabaseConnection): DatabaseConnection {
  return {
    executeQuery: async (query, options) => {
      for (let retries = 0; ; retries++) {
        try {
          return await connection.executeQuery(query, options)
        } catch (error) {
          if (!isSqliteBusy(error) || retries === mostRetries) throw error
        }
        await wait(retryEveryMs)
      }
    },
    streamQuery: (query, size, options) => connection.streamQuery(query, size, options),
  }
}
