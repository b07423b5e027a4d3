// The table of heartbeats: when workers of any node were last at work. Silence is a gap, in which Attio may have told us
// things that nobody heard.
import type { Db } from '../database/tables.ts'

/** Notes that work goes on. True when there was a gap before; the first beat ever is none. */
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
  // Not every few seconds: a beat is a write.
  if (last !== undefined && last.at <= at && at - last.at < gapMs / 4) return false
  await db
    .insertInto('heartbeats')
    .values({ name, at })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ at }))
    .execute()
  return last !== undefined && Math.abs(at - last.at) > gapMs
}
