// The table of heartbeats: when a worker of any node was last running. A missing beat means a gap, in which
// deliveries from Attio may have been missed.
import type { Db } from '../database/tables.ts'

/** Records that a worker is running. Returns true after a gap; the very first beat is not one. */
export async function beat(
  db: Db,
  name: string,
  { at, gapMs }: { readonly at: number; readonly gapMs: number },
): Promise<boolean> {
  const last = await db
    .selectFrom('heartbeats')
    .select('at')
    .where('name', '=', name)
    .executeTakeFirst()
  // Beats close to the last one are skipped, since each is a write.
  if (last !== undefined && last.at <= at && at - last.at < gapMs / 4) return false
  await db
    .insertInto('heartbeats')
    .values({ name, at })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ at }))
    .execute()
  return last !== undefined && Math.abs(at - last.at) > gapMs
}
