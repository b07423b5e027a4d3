// The table of passkeys. It holds public keys, and nothing by which a person could log in.
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Db, Tables } from '../../database/tables.ts'
import type { HeldAccount } from '../own-account/account-store.ts'
import type { AccountId, PasskeyId } from '../../support/ids.ts'

export type Passkey = {
  readonly accountId: AccountId
  readonly passkeyId: PasskeyId
  readonly credentialId: string
  /** COSE, in base64url. */
  readonly publicKey: string
  /** How often the authenticator says it was used; 0 from one that does not count. */
  readonly counter: number
  readonly transports: readonly string[]
  readonly name: string
  /** True when it is synced to other devices of its owner. */
  readonly isSynced: boolean
  readonly createdAt: number
  readonly lastUsedAt: number | undefined
}

/** Returns false when the credential is stored already. */
export async function addPasskey(
  db: Db,
  { accountId }: HeldAccount,
  passkey: Omit<Passkey, 'accountId'>,
): Promise<boolean> {
  const added = await db
    .insertInto('passkeys')
    .values({
      account_id: accountId,
      passkey_id: passkey.passkeyId,
      credential_id: passkey.credentialId,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: JSON.stringify(passkey.transports),
      name: passkey.name,
      is_synced: passkey.isSynced ? 1 : 0,
      created_at: passkey.createdAt,
      last_used_at: passkey.lastUsedAt ?? null,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .returning('passkey_id')
    .executeTakeFirst()
  return added !== undefined
}

/** Lists an account's passkeys, oldest first. */
export async function listPasskeys(db: Db, accountId: AccountId): Promise<readonly Passkey[]> {
  const rows = await db
    .selectFrom('passkeys')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('passkey_id')
    .execute()
  return rows.map(fromRow)
}

/** Not limited to an account: the credential identifies it, as a session's cookie does. */
export async function findPasskey(db: Db, credentialId: string): Promise<Passkey | undefined> {
  const row = await db
    .selectFrom('passkeys')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
  return row && fromRow(row)
}

/** Notes a use. Returns false when the passkey was removed or used meanwhile. */
export async function notePasskeyUse(
  db: Db,
  { accountId, counter, passkeyId }: Passkey,
  use: { readonly counter: number; readonly isSynced: boolean; readonly at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('passkeys')
    .set({ counter: use.counter, is_synced: use.isSynced ? 1 : 0, last_used_at: use.at })
    .where('account_id', '=', accountId)
    .where('passkey_id', '=', passkeyId)
    .where('counter', '=', counter)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function renamePasskey(
  db: Db,
  accountId: AccountId,
  { name, passkeyId }: Pick<Passkey, 'passkeyId' | 'name'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('passkeys')
    .set({ name })
    .where('account_id', '=', accountId)
    .where('passkey_id', '=', passkeyId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Removes a passkey and returns it. */
export async function removePasskey(
  db: Db,
  { accountId }: HeldAccount,
  passkeyId: PasskeyId,
): Promise<Passkey | undefined> {
  const row = await db
    .deleteFrom('passkeys')
    .where('account_id', '=', accountId)
    .where('passkey_id', '=', passkeyId)
    .returningAll()
    .executeTakeFirst()
  return row && fromRow(row)
}

const transportsSchema = z.array(z.string())

function fromRow(row: Selectable<Tables['passkeys']>): Passkey {
  return {
    accountId: row.account_id,
    passkeyId: row.passkey_id,
    credentialId: row.credential_id,
    publicKey: row.public_key,
    counter: row.counter,
    transports: transportsSchema.parse(JSON.parse(row.transports)),
    name: row.name,
    isSynced: row.is_synced === 1,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}
