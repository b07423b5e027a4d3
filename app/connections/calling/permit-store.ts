// The table of permits, for several nodes on one PostgreSQL. Only the database's clock is used, so the nodes' clocks
// need not agree.
import { sql } from 'kysely'
import type { Db } from '../../database/tables.ts'
import { restMs, type Permit, type PermitCounts, type Permits } from './permits.ts'

/** Longer than a call takes from permit to answer; a dead node's permit becomes free after it. */
const leaseMs = 20_000
/** Farther ahead than any lease: the database's clock was set back. */
const setBackMs = 60_000

export async function openPermitStore(db: Db, counts: PermitCounts): Promise<Permits> {
  await addMissing(db, counts)
  return {
    counts,
    take: async (access, below) => {
      const { rows } = await sql<Pick<Permit, 'number' | 'lease'>>`
        update attio_permits set free_at = ${now} + ${leaseMs}::bigint, lease_number = lease_number + 1
        where access = ${access} and number = (
          select number from attio_permits
          where access = ${access} and number < ${below}
            and (free_at <= ${now} or free_at > ${now} + ${setBackMs}::bigint)
          order by number limit 1 for update skip locked)
        returning number, lease_number as lease
      `.execute(db)
      return rows[0] && { access, ...rows[0] }
    },
    giveBack: async ({ access, number, lease }, how) => {
      const rest = how === 'used' ? restMs : 0
      await sql`
        update attio_permits set free_at = ${now} + ${rest}::bigint
        where access = ${access} and number = ${number} and lease_number = ${lease}
      `.execute(db)
    },
  }
}

const now = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`

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
