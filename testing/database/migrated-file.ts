// Creates SQLite files with every table by copying one: migrating each anew would take most of a short test's time.
import { copyFile } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../app/database/open-database.ts'
import { systemClock } from '../../app/support/clock.ts'
import { createTestLogger } from '../../app/support/logger.ts'
import { createTestFolder } from '../test-folder.ts'

export async function createMigratedFile(path: string): Promise<void> {
  original ??= createOriginal()
  await copyFile(await original, path)
}

// Module state: one file per process.
let original: Promise<string> | undefined

async function createOriginal(): Promise<string> {
  const folder = await createTestFolder('taskr-migrated-')
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'taskr.db')
  const database = await openDatabase({
    url: `file:${path}`,
    clock: systemClock,
    logger: createTestLogger(systemClock),
    unsafelySkipDurabilityCheck: true,
  })
  await database.close()
  return path
}
