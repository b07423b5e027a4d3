// A connection that waits while another program, such as a backup or a shell, locks the file, without blocking the
// process: SQLite's own wait would stop every other request, health checks included.

import { setTimeout as wait } from 'node:timers/promises'
import type { DatabaseConnection } from 'kysely'
import { isSqliteBusy } from './sqlite-errors.ts'

const retryEveryMs = 20
/** About five seconds: longer than one step of a backup, shorter than a browser waits. */
const mostRetries = 250

export function retryWhenBusy(connection: DatabaseConnection): DatabaseConnection {
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
