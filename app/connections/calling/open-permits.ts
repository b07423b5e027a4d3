// Where calls to Attio are counted: in memory beside SQLite, which has one process; in PostgreSQL by all nodes together.
import type { Database } from '../../database/open-database.ts'
import type { Clock } from '../../support/clock.ts'
import { openPermitStore } from './permit-store.ts'
import { createPermitsInMemory, permitCounts, type PermitCounts, type Permits } from './permits.ts'

export async function openPermits(
  database: Pick<Database, 'engine' | 'db'>,
  clock: Clock,
  counts: PermitCounts | 'by this clock' = permitCounts,
): Promise<Permits> {
  // PostgreSQL counts by its own clock, which means nothing to whoever has made one up.
  if (counts === 'by this clock') return createPermitsInMemory(clock, permitCounts)
  return database.engine === 'postgres'
    ? await openPermitStore(database.db, counts)
    : createPermitsInMemory(clock, counts)
}
