// The table of permits, for several nodes on one PostgreSQL. Only the database's clock is used, so the nodes' clocks
// need not agree.
import { sql } from 'kysely'
import type { Db } from '../../database/tables.ts'
import { createLease, later, released } from '../../work/work.ts'
import { restMs, type PermitCounts, type Permits } from './permits.ts'

const lease = createLease({
  // Longer than a call takes from permit to answer; a dead node's permit becomes free after it.
  lastsMs: 20_000,
  dueColumn: 'free_at',
  longestWaitMs: restMs,
  clocksDifferByMs: 0,
})

export async function openPermitStore(db: Db, counts: PermitCounts): Promise<Permits> {
  await addMissing(db, counts)
  return {
    counts,
    take: async (access, below) => {
      const free = db
        .selectFrom('attio_permits')
        .select('number')
        .where('access', '=', access)
        .where('number', '<', below)
        .where(lease.isClaimable(now))
        .orderBy('number')
        .limit(1)
        .forUpdate()
        .skipLocked()
      const row = await db
        .updateTable('attio_permits')
        .set(lease.claimed(now))
        .where('access', '=', access)
        .where('number', '=', free)
        .where(lease.isClaimable(now))
        .returning(['number', 'lease_number'])
        .executeTakeFirst()
      return row && { access, number: row.number, lease: row.lease_number }
    },
    giveBack: async ({ access, number, lease: leaseNumber }, how) => {
      await db
        .updateTable('attio_permits')
        .set({ ...released, free_at: later(now, how === 'used' ? restMs : 0) })
        .where('access', '=', access)
        .where('number', '=', number)
        .where('lease_number', '=', leaseNumber)
        .execute()
    },
  }
}

const now = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`

/** Permits above the count, left by an earlier version, are never claimed. */
async function addMissing(db: Db, counts: PermitCounts): Promise<void> {
  const values = (['read', 'write'] as const).flatMap((access) =>
    Array.from({ length: counts[access] }, (_, number) => ({
      access,
      number,
      free_at: 0,
      lease_number: 0,
    })),
  )
  await db
    .insertInto('attio_permits')
    .values(values)
    .onConflict((conflict) => conflict.columns(['access', 'number']).doNothing())
    .execute()
}
