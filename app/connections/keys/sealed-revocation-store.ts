// The table of revocations as key rotation sees it: tokens that another key sealed.
import type { Db } from '../../database/tables.ts'
import type { AccountId, RevocationId } from '../../support/ids.ts'
import type { SealedRevocation } from '../ending/revocation.ts'
import { revocationFrom } from '../ending/revocation-row.ts'

/** Lists rows of all accounts that another key sealed, in id order, for key rotation. */
export async function listRevocationsNotSealedWith(
  db: Db,
  keyId: string,
  page: { readonly after: RevocationId; readonly limit: number },
): Promise<readonly SealedRevocation[]> {
  const rows = await db
    .selectFrom('revocations')
    .selectAll()
    .where('sealed_access_token', 'not like', `v1.${keyId}.%`)
    .where('revocation_id', '>', page.after)
    .orderBy('revocation_id')
    .limit(page.limit)
    .execute()
  return rows.map(revocationFrom)
}

export async function countRevocationsSealedWith(db: Db, keyId: string): Promise<number> {
  const row = await db
    .selectFrom('revocations')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('sealed_access_token', 'like', `v1.${keyId}.%`)
    .executeTakeFirst()
  return row?.count ?? 0
}

/** Replaces a sealed token if it is still the one that was read. */
export async function replaceSealedRevocation(
  db: Db,
  accountId: AccountId,
  change: {
    readonly revocationId: RevocationId
    readonly sealedAccessToken: string
    readonly sealed: string
  },
): Promise<boolean> {
  const result = await db
    .updateTable('revocations')
    .set({ sealed_access_token: change.sealed })
    .where('account_id', '=', accountId)
    .where('revocation_id', '=', change.revocationId)
    .where('sealed_access_token', '=', change.sealedAccessToken)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
