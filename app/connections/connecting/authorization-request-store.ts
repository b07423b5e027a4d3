// The table of open authorization requests (RFC 6749 §4.1.1): the account, session and browser that began each, and
// the secrets needed to finish it. One statement consumes a row, once.
import type { Selectable } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import type {
  AccountId,
  SessionId,
  ConnectionId,
  AuthorizationRequestId,
} from '../../support/ids.ts'

export interface AuthorizationRequest {
  readonly accountId: AccountId
  readonly authorizationRequestId: AuthorizationRequestId
  readonly sessionId: SessionId
  readonly stateHash: string
  readonly browserHash: string
  readonly sealedCodeVerifier: string
  readonly redirectUri: string
  /** The connection to restore, when this is a reconnect. */
  readonly reconnects: ConnectionId | undefined
  /** The code that arrived while the browser was signed out, kept until the same account signs in. */
  readonly sealedCode: string | undefined
  readonly createdAt: number
  readonly expiresAt: number
}

export async function addAuthorizationRequest(
  db: Db,
  accountId: AccountId,
  request: AuthorizationRequest,
): Promise<void> {
  await db
    .insertInto('authorization_requests')
    .values({
      account_id: accountId,
      authorization_request_id: request.authorizationRequestId,
      session_id: request.sessionId,
      state_hash: request.stateHash,
      browser_hash: request.browserHash,
      sealed_code_verifier: request.sealedCodeVerifier,
      redirect_uri: request.redirectUri,
      reconnects_connection_id: request.reconnects ?? null,
      sealed_code: null,
      created_at: request.createdAt,
      expires_at: request.expiresAt,
    })
    .execute()
}

/**
 * Keeps this request and the account's newest few others, and deletes the rest. This request is kept explicitly,
 * because a node whose clock is behind gives it an id that sorts before the others.
 */
export async function keepNewestAuthorizationRequests(
  db: Db,
  accountId: AccountId,
  kept: { readonly request: AuthorizationRequestId; readonly others: number },
): Promise<void> {
  const newest = db
    .selectFrom('authorization_requests')
    .select('authorization_request_id')
    .where('account_id', '=', accountId)
    .where('authorization_request_id', '<>', kept.request)
    .orderBy('authorization_request_id', 'desc')
    .limit(kept.others)
  await db
    .deleteFrom('authorization_requests')
    .where('account_id', '=', accountId)
    .where('authorization_request_id', '<>', kept.request)
    .where('authorization_request_id', 'not in', newest)
    .execute()
}

/** Takes the request that exactly this account, session and browser began. A second call finds none. */
export async function consumeAuthorizationRequest(
  db: Db,
  accountId: AccountId,
  began: {
    readonly sessionId: SessionId
    readonly stateHash: string
    readonly browserHash: string
    readonly at: number
  },
): Promise<AuthorizationRequest | undefined> {
  const row = await db
    .deleteFrom('authorization_requests')
    .where('account_id', '=', accountId)
    .where('session_id', '=', began.sessionId)
    .where('state_hash', '=', began.stateHash)
    .where('browser_hash', '=', began.browserHash)
    .where('expires_at', '>', began.at)
    .where('sealed_code', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : fromRow(row)
}

/**
 * Takes the oldest request whose code waits for this account to sign in, in the browser that began it. Others keep
 * waiting, since two tabs may both have come back.
 */
export async function consumeWaitingAuthorizationRequest(
  db: Db,
  accountId: AccountId,
  waiting: { readonly browserHashes: readonly string[]; readonly at: number },
): Promise<AuthorizationRequest | undefined> {
  if (waiting.browserHashes.length === 0) return undefined
  const oldest = db
    .selectFrom('authorization_requests')
    .select('authorization_request_id')
    .where('account_id', '=', accountId)
    .where('browser_hash', 'in', waiting.browserHashes)
    .where('expires_at', '>', waiting.at)
    .where('sealed_code', 'is not', null)
    .orderBy('authorization_request_id')
    .limit(1)
  const row = await db
    .deleteFrom('authorization_requests')
    .where('account_id', '=', accountId)
    .where('authorization_request_id', 'in', oldest)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : fromRow(row)
}

/** True when such a request waits. Does not take it. */
export async function hasWaitingAuthorizationRequest(
  db: Db,
  accountId: AccountId,
  waiting: { readonly browserHashes: readonly string[]; readonly at: number },
): Promise<boolean> {
  if (waiting.browserHashes.length === 0) return false
  const row = await db
    .selectFrom('authorization_requests')
    .select('authorization_request_id')
    .where('account_id', '=', accountId)
    .where('browser_hash', 'in', waiting.browserHashes)
    .where('expires_at', '>', waiting.at)
    .where('sealed_code', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Stores a code for later, with the new secret of the browser that brought it; only that secret counts from then on.
 * The first code stays: a second response changes nothing.
 */
export async function keepCode(
  db: Db,
  accountId: AccountId,
  kept: {
    readonly request: AuthorizationRequestId
    readonly sealedCode: string
    readonly browserHash: string
  },
): Promise<boolean> {
  const result = await db
    .updateTable('authorization_requests')
    .set({ sealed_code: kept.sealedCode, browser_hash: kept.browserHash })
    .where('account_id', '=', accountId)
    .where('authorization_request_id', '=', kept.request)
    .where('sealed_code', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Finds a request by its state alone, before the account is known. Changes nothing. */
export async function findAuthorizationRequestByState(
  db: Db,
  stateHash: string,
): Promise<AuthorizationRequest | undefined> {
  const row = await db
    .selectFrom('authorization_requests')
    .selectAll()
    .where('state_hash', '=', stateHash)
    .executeTakeFirst()
  return row === undefined ? undefined : fromRow(row)
}

/** Deletes all open requests of an account. */
export async function removeAuthorizationRequests(db: Db, accountId: AccountId): Promise<void> {
  await db.deleteFrom('authorization_requests').where('account_id', '=', accountId).execute()
}

export async function removeExpiredAuthorizationRequests(db: Db, at: number): Promise<void> {
  await db.deleteFrom('authorization_requests').where('expires_at', '<=', at).execute()
}

/** Lists rows of all accounts that another key sealed, in id order, for key rotation. */
export async function listRequestsNotSealedWith(
  db: Db,
  keyId: string,
  page: { readonly after: AuthorizationRequestId; readonly limit: number },
): Promise<readonly AuthorizationRequest[]> {
  const rows = await db
    .selectFrom('authorization_requests')
    .selectAll()
    .where((where) =>
      where.or([
        where('sealed_code_verifier', 'not like', `v1.${keyId}.%`),
        where('sealed_code', 'not like', `v1.${keyId}.%`),
      ]),
    )
    .where('authorization_request_id', '>', page.after)
    .orderBy('authorization_request_id')
    .limit(page.limit)
    .execute()
  return rows.map(fromRow)
}

export async function countRequestsSealedWith(db: Db, keyId: string): Promise<number> {
  const row = await db
    .selectFrom('authorization_requests')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where((where) =>
      where.or([
        where('sealed_code_verifier', 'like', `v1.${keyId}.%`),
        where('sealed_code', 'like', `v1.${keyId}.%`),
      ]),
    )
    .executeTakeFirst()
  return row?.count ?? 0
}

/** Replaces the sealed values of a request if they are still those that were read. */
export async function replaceSealedRequest(
  db: Db,
  accountId: AccountId,
  change: Pick<AuthorizationRequest, 'authorizationRequestId' | 'sealedCodeVerifier'> & {
    readonly verifier: string
    readonly code: string | undefined
  },
): Promise<boolean> {
  const result = await db
    .updateTable('authorization_requests')
    .set({
      sealed_code_verifier: change.verifier,
      ...(change.code === undefined ? {} : { sealed_code: change.code }),
    })
    .where('account_id', '=', accountId)
    .where('authorization_request_id', '=', change.authorizationRequestId)
    .where('sealed_code_verifier', '=', change.sealedCodeVerifier)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

function fromRow(row: Selectable<Tables['authorization_requests']>): AuthorizationRequest {
  return {
    accountId: row.account_id,
    authorizationRequestId: row.authorization_request_id,
    sessionId: row.session_id,
    stateHash: row.state_hash,
    browserHash: row.browser_hash,
    sealedCodeVerifier: row.sealed_code_verifier,
    redirectUri: row.redirect_uri,
    reconnects: row.reconnects_connection_id ?? undefined,
    sealedCode: row.sealed_code ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
