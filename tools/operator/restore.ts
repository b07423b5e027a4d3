// `npm run taskr -- restore <file>`: puts a backup back while Taskr is stopped.
import { removeAllSessions } from '../../app/accounts/sessions/session-store.ts'
import { readDatabaseUrl } from '../../app/database/database-url.ts'
import { openDatabase } from '../../app/database/open-database.ts'
import { restoreFile } from '../../app/database/sqlite/backup.ts'
import type { Clock } from '../../app/support/clock.ts'
import type { Logger } from '../../app/support/logger.ts'
import { countAllUnfinished } from '../../app/tasks/change-rows/open-change-store.ts'
import { CommandError, type Say } from './say.ts'

export interface RestoreParts {
  readonly clock: Clock
  readonly logger: Logger
  readonly say: Say
}

/** Restores, updates the tables to this version, and ends every session. */
export async function restore(
  { clock, logger, say }: RestoreParts,
  databaseUrl: string,
  from: string,
): Promise<void> {
  const address = readDatabaseUrl(databaseUrl)
  if (address.engine === 'postgres') {
    throw new CommandError(
      `PostgreSQL has its own tool. Stop every node, then: pg_restore --clean --if-exists --dbname="$DATABASE_URL" ${from}`,
    )
  }
  const former = restoreFile(from, address.path)
  const database = await openDatabase({ url: databaseUrl, clock, logger })
  try {
    const sessions = await removeAllSessions(database.db)
    const changes = await countAllUnfinished(database.db)
    say(`Restored ${from}.`)
    if (former !== undefined) say(`The former database is now ${former}.`)
    say(`Ended ${counted(sessions, 'session')}: everyone logs in again.`)
    say(
      changes === 0
        ? 'No change was waiting to be sent when the backup was made.'
        : `${counted(changes, 'change')} waited to be sent when the backup was made, and will be sent when Taskr starts. A new task that Attio has by now is found, not created again.`,
    )
  } finally {
    await database.close()
  }
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
