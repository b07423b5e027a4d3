// `npm run taskr -- backup <file>`: copies the SQLite database while Taskr runs.
import { statSync } from 'node:fs'
import { backUpFile } from '../../app/database/sqlite/backup.ts'
import { readDatabaseUrl } from '../../app/database/database-url.ts'
import { CommandError, type Say } from './say.ts'

export async function backUp(databaseUrl: string, target: string, say: Say): Promise<void> {
  const address = readDatabaseUrl(databaseUrl)
  if (address.engine === 'postgres') {
    throw new CommandError(
      `PostgreSQL has its own tool: pg_dump --format=custom --file=${target} "$DATABASE_URL"`,
    )
  }
  await backUpFile(address.path, target)
  const kilobytes = Math.ceil(statSync(target).size / 1_024)
  say(`Backed up to ${target} (${kilobytes} KB), and checked.`)
  say('The keys are not in it: keep a copy of TASKR_KEYS in another place.')
}
