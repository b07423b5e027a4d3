// The table of revocations while a token is held: it is fresh, and its connection is not stored yet.
import type { Db } from '../../database/tables.ts'
import type { AccountId, ConnectionId, RevocationId } from '../../support/ids.ts'
import type { SealedRevocation } from './revocation.ts'
import { revocationFrom } from './revocation-row.ts'

/** Deletes a held token's row, once; the connection keeps the token. */
export async function releaseHeldToken(
  db: Db,
  accountId: AccountId,
  revocationId: RevocationId,
): Promise<SealedRevocation | undefined> {
  const row = await db
    .deleteFrom('revocations')
    .where('account_id', '=', accountId)
    .where('revocation_id', '=', revocationId)
    .where('status', '=', 'held')
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : revocationFrom(row)
}

/** Keeps a held token until the person has chosen whether to join that connection instead. */
export async function offerHeldToken(
  db: Db,
  accountId: AccountId,
  offer: {
    readonly revocationId: RevocationId
    readonly connectionId: ConnectionId
    readonly workspaceName: string
  },
): Promise<void> {
  await db
    .updateTable('revocations')
    .set({ connection_id: offer.connectionId, workspace_name: offer.workspaceName })
    .where('account_id', '=', accountId)
    .where('revocation_id', '=', offer.revocationId)
    .where('status', '=', 'held')
    .execute()
}

/** Finds the account's latest held token that waits for the person's choice. */
export async function findOfferedToken(
  db: Db,
  accountId: AccountId,
  at: number,
): Promise<SealedRevocation | undefined> {
  const row = await db
    .selectFrom('revocations')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', '=', 'held')
    .where('workspace_name', '<>', '')
    .where('next_attempt_at', '>', at)
    .orderBy('revocation_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? undefined : revocationFrom(row)
}

export async function findHeldToken(
  db: Db,
  accountId: AccountId,
  revocationId: RevocationId,
): Promise<SealedRevocation | undefined> {
  const row = await db
    .selectFrom('revocations')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('revocation_id', '=', revocationId)
    .where('status', '=', 'held')
    .executeTakeFirst()
  return row === undefined ? undefined : revocationFrom(row)
}

/** Makes an unwanted held token due for revocation at once. */
export async function giveUpHeldToken(
  db: Db,
  accountId: AccountId,
  given: {
    readonly revocationId: RevocationId
    readonly workspaceName?: string
    readonly at: number
  },
): Promise<void> {
  await db
    .updateTable('revocations')
    .set({
      status: 'pending',
      next_attempt_at: given.at,
      ...(given.workspaceName === undefined ? {} : { workspace_name: given.workspaceName }),
    })
    .where('account_id', '=', accountId)
    .where('revocation_id', '=', given.revocationId)
    .where('status', '=', 'held')
    .execute()
}
