// `npm run taskr -- move-to-postgres`: copies a SQLite database to an empty PostgreSQL, all or nothing, and compares both.
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import { readDatabaseUrl } from '../../app/database/database-url.ts'
import { openDatabase } from '../../app/database/open-database.ts'
import { postgresTypes } from '../../app/database/postgres/postgres-types.ts'
import type { Clock } from '../../app/support/clock.ts'
import type { Logger } from '../../app/support/logger.ts'
import { copyTable, holdsRows, listTables, summarizeCopy, summarizeSource } from './copy-table.ts'
import { CommandError, type Say } from './say.ts'

export interface Move {
  readonly clock: Clock
  readonly logger: Logger
  readonly say: Say
  /** The SQLite database. */
  readonly from: string
  /** The PostgreSQL database; undefined when the operator named none. */
  readonly to: string | undefined
  readonly unsafelySkipDurabilityCheck: boolean
}

export const targetVariable = 'TARGET_DATABASE_URL'

export async function moveToPostgres({ say, from, to, ...opening }: Move): Promise<void> {
  const source = readDatabaseUrl(from)
  if (source.engine === 'postgres') {
    throw new CommandError('DATABASE_URL names a PostgreSQL database already: nothing to move.')
  }
  const target = to === undefined || to === '' ? undefined : readDatabaseUrl(to)
  if (target?.engine !== 'postgres') {
    throw new CommandError(
      `${targetVariable} must name the PostgreSQL database: postgres://user:password@host:5432/taskr. As a variable it stays out of the list of processes.`,
    )
  }
  // Opened, it is locked against a Taskr that runs or starts, and its tables are those of this version.
  const held = await openDatabase({ url: from, ...opening })
  try {
    const made = await openDatabase({ url: target.url, ...opening })
    await made.close()
    const rows = await copyAll(source.path, target.url, say)
    say(`Moved ${rows.toLocaleString('en')} rows to ${target.place}; both databases hold the same.`)
    say(`Now set DATABASE_URL to the PostgreSQL database and start Taskr with the same TASKR_KEYS.`)
    say(
      `${source.path} is unchanged. Keep it until you have seen that all is well, then delete it.`,
    )
  } finally {
    await held.close()
  }
}

/** Copies in one transaction, which is committed only when each table has the same rows on both sides. */
async function copyAll(path: string, url: string, say: Say): Promise<number> {
  const file = new DatabaseSync(path, { readOnly: true })
  const client = new Client({ connectionString: url, types: postgresTypes })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin')
    let rows = 0
    for (const table of await listTables(client)) {
      if (await holdsRows(client, table)) {
        throw new CommandError(
          `The PostgreSQL database holds rows in ${table.name} already. Nothing was copied: name an empty database.`,
        )
      }
      await copyTable(file, client, table)
      const was = summarizeSource(file, table)
      const is = await summarizeCopy(client, table)
      if (was.rows !== is.rows || was.hash !== is.hash) {
        throw new CommandError(
          `${table.name} differs after copying: ${was.rows} rows became ${is.rows}, or their values changed. Nothing was kept.`,
        )
      }
      say(`${table.name.padEnd(24)} ${String(was.rows).padStart(9)}  ${was.hash.slice(0, 16)}`)
      rows += was.rows
    }
    await client.query('commit')
    return rows
  } finally {
    // Without a commit, this rolls everything back.
    await client.end()
    file.close()
  }
}
