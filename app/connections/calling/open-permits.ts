// Chooses where calls to Attio are counted: in memory beside SQLite (one process), in PostgreSQL for several nodes.
import type { Database } from '../../database/open-database.ts'
import type { Clock } from '../../support/clock.ts'
import { openPermitStore } from './permit-store.ts'
import { createPermitsInMemory, permitCounts, type PermitCounts, type Permits } from './permits.ts'

export async function openPermits(
  database: Pick<Database, 'engine' | 'db'>,
  clock: Clock,
  counts: PermitCounts | 'by this clock' = permitCounts,
): Promise<Permits> {
  // PostgreSQL counts by its own clock, which a caller with a test clock cannot move.
  if (counts === 'by this clock') return createPermitsInMemory(clock, permitCounts)
  return database.engine === 'postgres'
    ? await openPermitStore(database.db, counts)
    : createPermitsInMemory(clock, counts)
}
