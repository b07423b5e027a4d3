// The table of second factors: one authenticator app per account.
import type { Selectable } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import type { HeldAccount } from '../own-account/account-store.ts'
import { asFactorId, type AccountId, type FactorId, type SessionId } from '../../support/ids.ts'

export type StoredFactor = {
  readonly accountId: AccountId
  readonly factorId: FactorId
  /** The session that set it up. */
  readonly sessionId: SessionId
  readonly sealedSecret: string
  readonly createdAt: number
  /** When a first code proved that the app has the secret; undefined while it is being set up. */
  readonly confirmedAt: number | undefined
}

/** Stores a factor that is being set up, in place of an earlier one. Returns false when a confirmed one is in force. */
export async function addFactor(
  db: Db,
  factor: Omit<StoredFactor, 'confirmedAt'>,
): Promise<boolean> {
  const row = {
    factor_id: factor.factorId,
    session_id: factor.sessionId,
    sealed_secret: factor.sealedSecret,
    created_at: factor.createdAt,
    last_step: 0,
  }
  const added = await db
    .insertInto('second_factors')
    .values({ account_id: factor.accountId, ...row })
    .onConflict((conflict) =>
      conflict
        .column('account_id')
        .doUpdateSet(row)
        .where('second_factors.confirmed_at', 'is', null),
    )
    .returning('factor_id')
    .executeTakeFirst()
  return added !== undefined
}

export async function findFactor(db: Db, accountId: AccountId): Promise<StoredFactor | undefined> {
  const row = await db
    .selectFrom('second_factors')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row && fromRow(row)
}

/** Marks the code of a time step as used. Returns false when it, or a later one, was used before. */
export async function useStep(
  db: Db,
  { accountId, factorId }: Pick<StoredFactor, 'accountId' | 'factorId'>,
  step: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('second_factors')
    .set({ last_step: step })
    .where('account_id', '=', accountId)
    .where('factor_id', '=', factorId)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Puts the factor in force. Returns false when it was confirmed or replaced meanwhile. */
export async function confirmFactor(
  db: Db,
  { accountId }: HeldAccount,
  { factorId }: Pick<StoredFactor, 'factorId'>,
  confirmedAt: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('second_factors')
    .set({ confirmed_at: confirmedAt })
    .where('account_id', '=', accountId)
    .where('factor_id', '=', factorId)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function removeFactor(db: Db, { accountId }: HeldAccount): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('second_factors')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Removes the factors of all accounts whose set-up was begun before and not finished. */
export async function removeUnconfirmedFactors(db: Db, before: number): Promise<void> {
  await db
    .deleteFrom('second_factors')
    .where('confirmed_at', 'is', null)
    .where('created_at', '<=', before)
    .execute()
}

/** Lists factors of all accounts whose secret another key sealed, in the order of their ids. */
export async function listFactorsNotSealedWith(
  db: Db,
  keyId: string,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly StoredFactor[]> {
  const rows = await db
    .selectFrom('second_factors')
    .selectAll()
    .where('sealed_secret', 'not like', `v1.${keyId}.%`)
    .where('factor_id', '>', asFactorId(page.after))
    .orderBy('factor_id')
    .limit(page.limit)
    .execute()
  return rows.map(fromRow)
}

export async function countFactorsSealedWith(db: Db, keyId: string): Promise<number> {
  const row = await db
    .selectFrom('second_factors')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('sealed_secret', 'like', `v1.${keyId}.%`)
    .executeTakeFirst()
  return row?.count ?? 0
}

/** Replaces a sealed secret if it is still the one that was read. */
export async function replaceSealedFactor(
  db: Db,
  factorId: FactorId,
  change: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('second_factors')
    .set({ sealed_secret: change.to })
    .where('factor_id', '=', factorId)
    .where('sealed_secret', '=', change.from)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function fromRow(row: Selectable<Tables['second_factors']>): StoredFactor {
  return {
    accountId: row.account_id,
    factorId: row.factor_id,
    sessionId: row.session_id,
    sealedSecret: row.sealed_secret,
    createdAt: row.created_at,
    confirmedAt: row.confirmed_at ?? undefined,
  }
}
