// The sessions table. It stores only the SHA-256 of the cookie's value (TK-17).

import type { Expression } from 'kysely'
import { chunksOf, filledChunksOf, fixedQuery, type SlotsOf } from '../../database/open-database.ts'
import type { Db } from '../../database/tables.ts'
import type { SeenRevisions } from '../../live/live.ts'
import type { HeldAccount } from '../own-account/account-store.ts'
import type { AccountId, ConnectionId, SessionId } from '../../support/ids.ts'
import { sessionIdleMs } from './session-lifetime.ts'

export type StoredSession = {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly userAgent: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly confirmedAt: number
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
      password_confirmed_at: session.confirmedAt,
      expires_at: session.expiresAt,
    })
    .execute()
}

export type SessionOfCookie = StoredSession & {
  readonly providerConfirmedAt: number | undefined
  readonly username: string
  readonly timeZone: string
  readonly isOperator: boolean
  readonly sees: SeenRevisions
}

/**
 * Reads everything that a request needs to know about its session in one statement: the session, its account, and the
 * revisions of what the account sees: a row for each pair of an own connection and a seat.
 */
const sessionOfCookie = fixedQuery(
  (db, value: SlotsOf<{ cookieHash: string; now: number; idleSince: number }>) =>
    workingSessions(db, { now: value('now'), idleSince: value('idleSince') }).where(
      'sessions.cookie_hash',
      '=',
      value('cookieHash'),
    ),
)

function workingSessions<Instant extends number | Expression<number>>(
  db: Db,
  { idleSince, now }: { readonly now: Instant; readonly idleSince: Instant },
) {
  return db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.account_id', 'sessions.account_id')
    .leftJoin('revisions as own', 'own.owner_id', 'sessions.account_id')
    .leftJoin('connections', 'connections.account_id', 'sessions.account_id')
    .leftJoin('revisions', 'revisions.owner_id', 'connections.connection_id')
    .leftJoin('seats', (join) =>
      join.onRef('seats.account_id', '=', 'sessions.account_id').on('seats.state', '=', 'active'),
    )
    .leftJoin('revisions as shared', 'shared.owner_id', 'seats.connection_id')
    .selectAll('sessions')
    .select([
      'accounts.username',
      'accounts.time_zone',
      'accounts.is_operator',
      'own.revision as own_revision',
      'connections.connection_id',
      'revisions.revision',
      'seats.connection_id as shared_connection_id',
      'shared.revision as shared_revision',
    ])
    .where('sessions.expires_at', '>', now)
    .where('sessions.last_seen_at', '>', idleSince)
    .where('accounts.locked_at', 'is', null)
    .orderBy('connections.connection_id')
    .orderBy('seats.connection_id')
}

type SessionRow = Awaited<ReturnType<typeof sessionOfCookie>>[number]

/** Like the next one, a query that is not limited to an account: the cookie identifies the account. */
export async function findSessionByCookie(
  db: Db,
  cookieHash: string,
  now: number,
): Promise<SessionOfCookie | undefined> {
  const idleSince = now - sessionIdleMs
  return sessionOf(await sessionOfCookie(db, { cookieHash, now, idleSince }))
}

/** Returns the working sessions among those of the cookies, by the hash of the cookie. */
export async function findSessionsByCookies(
  db: Db,
  cookieHashes: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, SessionOfCookie>> {
  const found = new Map<string, SessionOfCookie>()
  const idleSince = now - sessionIdleMs
  for (const some of filledChunksOf(cookieHashes)) {
    const rows = await workingSessions(db, { now, idleSince })
      .where('sessions.cookie_hash', 'in', some)
      .execute()
    for (const [hash, ofOne] of Map.groupBy(rows, (row) => row.cookie_hash)) {
      const session = sessionOf(ofOne)
      if (session !== undefined) found.set(hash, session)
    }
  }
  return found
}

/** Joins the rows of one session, one for each pair of an own connection and a seat. */
function sessionOf(rows: readonly SessionRow[]): SessionOfCookie | undefined {
  const [row] = rows
  if (row === undefined) return undefined
  const sees = new Map<AccountId | ConnectionId, number>([[row.account_id, row.own_revision ?? 0]])
  for (const one of rows) {
    if (one.connection_id !== null) sees.set(one.connection_id, one.revision ?? 0)
    if (one.shared_connection_id !== null) {
      sees.set(one.shared_connection_id, one.shared_revision ?? 0)
    }
  }
  return {
    accountId: row.account_id,
    sessionId: row.session_id,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    confirmedAt: row.password_confirmed_at,
    providerConfirmedAt: row.provider_confirmed_at ?? undefined,
    expiresAt: row.expires_at,
    username: row.username,
    timeZone: row.time_zone,
    isOperator: row.is_operator === 1,
    sees,
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

export async function noteSessionsSeen(
  db: Db,
  sessions: readonly Owned[],
  now: number,
): Promise<void> {
  for (const some of chunksOf(sessions)) {
    const accountIds = some.map(({ accountId }) => accountId)
    const sessionIds = some.map(({ sessionId }) => sessionId)
    await db
      .updateTable('sessions')
      .set({ last_seen_at: now })
      .where('account_id', 'in', accountIds)
      .where('session_id', 'in', sessionIds)
      .where('last_seen_at', '<', now)
      .execute()
  }
}

/** False once the session was ended. */
export async function hasSession(db: Db, { accountId, sessionId }: Owned): Promise<boolean> {
  const row = await db
    .selectFrom('sessions')
    .select('session_id')
    .where('account_id', '=', accountId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  return row !== undefined
}

/** Returns when the session's person last logged in anew at the identity provider. */
export async function findProviderConfirmation(
  db: Db,
  { accountId, sessionId }: Owned,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('sessions')
    .select('provider_confirmed_at')
    .where('account_id', '=', accountId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  return row?.provider_confirmed_at ?? undefined
}

export async function noteProviderConfirmation(
  db: Db,
  { accountId }: HeldAccount,
  sessionId: SessionId,
  now: number,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ provider_confirmed_at: now })
    .where('account_id', '=', accountId)
    .where('session_id', '=', sessionId)
    .execute()
}

/** Gives the session a new cookie. Returns false when the session has ended. */
export async function renewSession(
  db: Db,
  { accountId, sessionId }: Owned,
  renewal: { readonly cookieHash: string; readonly confirmedAt: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sessions')
    .set({
      cookie_hash: renewal.cookieHash,
      password_confirmed_at: renewal.confirmedAt,
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
  { accountId }: HeldAccount,
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
