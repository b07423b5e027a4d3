// The sessions table. It stores only the SHA-256 of the cookie's value (TK-17).

import type { Db } from '../../database/tables.ts'
import type { AccountId, SessionId } from '../../support/ids.ts'
import { sessionIdleMs } from './session-lifetime.ts'

export type StoredSession = {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly userAgent: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly passwordConfirmedAt: number
  readonly expiresAt: number
}

export type OpenSession = Pick<
  StoredSession,
  'sessionId' | 'userAgent' | 'createdAt' | 'lastSeenAt' | 'expiresAt'
>

export async function addSession(
  db: Db,
  session: StoredSession & { readonly cookieHash: string },
): Promise<void> {
  await db
    .insertInto('sessions')
    .values({
      account_id: session.accountId,
      session_id: session.sessionId,
      cookie_hash: session.cookieHash,
      user_agent: session.userAgent,
      created_at: session.createdAt,
      last_seen_at: session.lastSeenAt,
      password_confirmed_at: session.passwordConfirmedAt,
      expires_at: session.expiresAt,
    })
    .execute()
}

/** The only query not limited to an account: the cookie identifies the account. */
export async function findSessionByCookie(
  db: Db,
  cookieHash: string,
  now: number,
): Promise<StoredSession | undefined> {
  const row = await db
    .selectFrom('sessions')
    .selectAll()
    .where('cookie_hash', '=', cookieHash)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', now - sessionIdleMs)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    accountId: row.account_id,
    sessionId: row.session_id,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    passwordConfirmedAt: row.password_confirmed_at,
    expiresAt: row.expires_at,
  }
}

/** The most sessions that a page shows. */
const mostListed = 100

export async function listSessions(
  db: Db,
  accountId: AccountId,
  now: number,
): Promise<readonly OpenSession[]> {
  return await db
    .selectFrom('sessions')
    .select([
      'session_id as sessionId',
      'user_agent as userAgent',
      'created_at as createdAt',
      'last_seen_at as lastSeenAt',
      'expires_at as expiresAt',
    ])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', now - sessionIdleMs)
    .orderBy('last_seen_at', 'desc')
    .orderBy('session_id', 'desc')
    .limit(mostListed)
    .execute()
}

type Owned = { readonly accountId: AccountId; readonly sessionId: SessionId }

export async function noteSessionSeen(
  db: Db,
  { accountId, sessionId }: Owned,
  now: number,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ last_seen_at: now })
    .where('account_id', '=', accountId)
    .where('session_id', '=', sessionId)
    .where('last_seen_at', '<', now)
    .execute()
}

/** Gives the session a new cookie. Returns false when the session has ended. */
export async function renewSession(
  db: Db,
  { accountId, sessionId }: Owned,
  renewal: { readonly cookieHash: string; readonly passwordConfirmedAt: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sessions')
    .set({
      cookie_hash: renewal.cookieHash,
      password_confirmed_at: renewal.passwordConfirmedAt,
    })
    .where('account_id', '=', accountId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function removeSession(
  db: Db,
  accountId: AccountId,
  sessionId: SessionId,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Ends every session of the account, or all but one. Returns how many it ended. */
export async function removeSessions(
  db: Db,
  accountId: AccountId,
  except?: SessionId,
): Promise<number> {
  let removing = db.deleteFrom('sessions').where('account_id', '=', accountId)
  if (except !== undefined) removing = removing.where('session_id', '!=', except)
  const { numDeletedRows } = await removing.executeTakeFirst()
  return Number(numDeletedRows)
}

/** Ends the account's sessions beyond the limit, those unused for longest first. */
export async function removeSurplusSessions(
  db: Db,
  accountId: AccountId,
  most: number,
): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('session_id', 'in', (sessions) =>
      sessions
        .selectFrom('sessions')
        .select('session_id')
        .where('account_id', '=', accountId)
        .orderBy('last_seen_at', 'desc')
        .orderBy('session_id', 'desc')
        .limit(1_000)
        .offset(most),
    )
    .execute()
}

/** Ends the sessions of all accounts, after a restore: some of them ended since the backup. Returns how many. */
export async function removeAllSessions(db: Db): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('sessions').executeTakeFirst()
  return Number(numDeletedRows)
}

export async function removeExpiredSessions(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where((or) =>
      or.or([or('expires_at', '<=', now), or('last_seen_at', '<=', now - sessionIdleMs)]),
    )
    .execute()
}
