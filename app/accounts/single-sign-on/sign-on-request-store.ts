// The table of log-ins that are at the provider. They belong to no account, since none is known before they come back;
// a request to confirm who a person is belongs to their session.

import type { Db } from '../../database/tables.ts'
import type { AccountId, SessionId } from '../../support/ids.ts'

export type SignOnRequest = {
  readonly stateHash: string
  /** The page of Taskr to go to afterwards; empty for none. */
  readonly returnTo: string
  /** The session whose person is to be confirmed; undefined for a log-in. */
  readonly confirms: { readonly accountId: AccountId; readonly sessionId: SessionId } | undefined
  readonly createdAt: number
  readonly expiresAt: number
}

export async function addSignOnRequest(db: Db, request: SignOnRequest): Promise<void> {
  await db
    .insertInto('sign_on_requests')
    .values({
      state_hash: request.stateHash,
      return_to: request.returnTo,
      account_id: request.confirms?.accountId ?? null,
      session_id: request.confirms?.sessionId ?? null,
      created_at: request.createdAt,
      expires_at: request.expiresAt,
    })
    .execute()
}

/** Deletes the request and returns it, to one caller only. */
export async function consumeSignOnRequest(
  db: Db,
  stateHash: string,
  now: number,
): Promise<SignOnRequest | undefined> {
  const row = await db
    .deleteFrom('sign_on_requests')
    .where('state_hash', '=', stateHash)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { account_id: accountId, session_id: sessionId } = row
  return {
    stateHash: row.state_hash,
    returnTo: row.return_to,
    confirms: accountId === null || sessionId === null ? undefined : { accountId, sessionId },
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}

export async function removeExpiredSignOnRequests(db: Db, now: number): Promise<void> {
  await db.deleteFrom('sign_on_requests').where('expires_at', '<=', now).execute()
}
