// The table of key checks: one known value for each key that ever sealed a value here, sealed with that key.
import type { Db } from '../../database/tables.ts'

export interface KeyCheck {
  readonly keyId: string
  readonly sealedValue: string
}

export async function listKeyChecks(db: Db): Promise<readonly KeyCheck[]> {
  const rows = await db.selectFrom('key_checks').selectAll().execute()
  return rows.map((row) => ({ keyId: row.key_id, sealedValue: row.sealed_value }))
}

export async function addKeyCheck(db: Db, check: KeyCheck): Promise<void> {
  await db
    .insertInto('key_checks')
    .values({ key_id: check.keyId, sealed_value: check.sealedValue })
    .onConflict((conflict) => conflict.column('key_id').doNothing())
    .execute()
}

export async function removeKeyCheck(db: Db, keyId: string): Promise<void> {
  await db.deleteFrom('key_checks').where('key_id', '=', keyId).execute()
}
