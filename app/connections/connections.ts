// The public functions of connections.
import type { QueueState } from '../work/work.ts'
import type { AttioClient } from '@taskr/attio'
import type { Db } from '../database/tables.ts'
import type { AccountId, ConnectionId } from '../support/ids.ts'
import { sha256Base64Url } from '../support/hash.ts'
import { callAttio, type AttioOutcome } from './calling/call-attio.ts'
import {
  consumeWaitingAuthorizationRequest,
  hasWaitingAuthorizationRequest,
  removeAuthorizationRequests,
  removeExpiredAuthorizationRequests,
} from './connecting/authorization-request-store.ts'
import {
  beginConnecting,
  type Beginner,
  type BegunConnecting,
} from './connecting/begin-connecting.ts'
import { checkConnection, checkConnections } from './check-connections.ts'
import type { ConnectionParts } from './connection-parts.ts'
import { findUsableConnection, listConnections } from './usable-connection-store.ts'
import { listAllConnections } from './connection-store.ts'
import type { Connection } from './connection.ts'
import {
  disconnect,
  disconnectAll,
  type Disconnection,
  type ForgetStep,
} from './ending/disconnect.ts'
import {
  establishConnection,
  keepOwnConnection,
  type Establishment,
} from './connecting/establish-connection.ts'
import {
  receiveAuthorizationResponse,
  type AuthorizationResponse,
  type SignInFirst,
} from './connecting/receive-authorization-response.ts'
import { openKeptCode } from './connecting/request-secrets.ts'
import { forgetReceipts } from './ending/forget-receipts.ts'
import { listRevocations, removeReceipts } from './ending/receipt-store.ts'
import type { Revocation } from './ending/revocation.ts'
import { measureDueRevocations } from './ending/revocation-store.ts'
import { revokeDueTokens } from './ending/revoke-tokens.ts'
import type { Urgency } from './calling/caller.ts'
import { findOffer } from './seats/offer.ts'
import { lockSeat } from './seats/seat-store.ts'

export type { BegunConnecting } from './connecting/begin-connecting.ts'
export type { ConnectingRefusal } from './connecting/connecting-refusal.ts'
export {
  findUsableConnection,
  connectionsAmong,
  usableConnections,
} from './usable-connection-store.ts'
export { ownersAccess, type SeatAccess, type Connection } from './connection.ts'
export { usableFrom } from './connection-row.ts'
export { withDistinctNames } from './workspace-name.ts'
export type { Establishment } from './connecting/establish-connection.ts'
export { createSeats, type SeatList, type Seats } from './seats/seats.ts'
export type { InvitationRefusal, SeenInvitation } from './seats/join.ts'
export type { OwnerStep, SeatMember, SeatSteps } from './seats/seat-parts.ts'
export type { Seat, SeatRights } from './seats/seat-store.ts'
export type { Revocation } from './ending/revocation.ts'

export { connectionChecks } from './connection-check-store.ts'
export { revocations } from './ending/revocation-store.ts'
export { checkKeys } from './keys/check-keys.ts'
export { createConnectLimits, type ConnectLimitRules } from './connecting/connect-limits.ts'
export { keepKeys } from './keys/rotate-keys.ts'
export { openPermits } from './calling/open-permits.ts'
export type { PermitCounts } from './calling/permits.ts'
export { createSealer, SealError, type SealErrorCode, type Sealer } from './keys/seal.ts'
export { createRateLimiter } from './calling/rate-limiter.ts'
export type { AttioApp } from './connection-parts.ts'
export { isOpenToOthers, openKeyRing } from './keys/key-file.ts'
export type { KeyRing } from './keys/key-ring.ts'
export type { AttioOutcome } from './calling/call-attio.ts'
export {
  mayWrite,
  lackOf,
  missingForWriting,
  missingForNotes,
  mayWriteNotes,
  mayHear,
  type Lack,
} from './missing-scopes.ts'
export { withinTimeLimit } from './calling/time-limit.ts'
export { browserCookiePrefix, type BrowserSecret } from './connecting/begin-connecting.ts'
export type { LeftWebhook, WebhookSteps } from './webhook-steps.ts'
export type { SealedColumn } from './keys/sealed-column.ts'

interface Owner {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

export interface Connections {
  readonly begin: (by: Beginner, reconnects?: ConnectionId) => Promise<BegunConnecting>
  /** Finishes connecting with the authorization response that the browser brought back from Attio. */
  readonly complete: (response: AuthorizationResponse) => Promise<Establishment | SignInFirst>
  /** True when a code waits for this account in this browser because it was signed out when the code arrived. */
  readonly hasWaitingCode: (
    accountId: AccountId,
    browserValues: readonly string[],
  ) => Promise<boolean>
  readonly resume: (
    accountId: AccountId,
    browserValues: readonly string[],
  ) => Promise<Establishment>
  /** Connects with the token of an offer that the account did not take. */
  readonly keepOwn: (accountId: AccountId) => Promise<Establishment>
  readonly list: (accountId: AccountId) => Promise<readonly Connection[]>
  /** Lists the connections of all accounts, the newest first, for operators. */
  readonly listAll: (page: {
    readonly after?: ConnectionId | undefined
    readonly limit: number
  }) => Promise<readonly Connection[]>
  readonly find: (owner: Owner) => Promise<Connection | undefined>
  /**
   * Locks the access of a seat until the transaction ends, so that it cannot end meanwhile, and returns the connection
   * with the rights it has now. An owner needs no lock. Returns undefined when the seat has ended.
   */
  readonly lockAccess: (db: Db, connection: Connection) => Promise<Connection | undefined>
  readonly listRevocations: (accountId: AccountId) => Promise<readonly Revocation[]>
  readonly disconnect: (owner: Owner) => Promise<Disconnection>
  readonly disconnectAll: (accountId: AccountId) => Promise<void>
  /** Deletes the account's open authorization requests, as a password change must. */
  readonly forgetRequests: (accountId: AccountId) => Promise<void>
  readonly callAttio: <Value>(
    owner: Owner,
    work: (client: AttioClient, connection: Connection) => Promise<Value>,
    signal?: AbortSignal,
    /** `person` when a person waits for the answer; default `background`. */
    urgency?: Urgency,
  ) => Promise<AttioOutcome<Value>>
  /** Asks Attio once a day whether each connection is still valid. */
  readonly checkDue: (signal?: AbortSignal) => Promise<number>
  /** Checks one connection now, for instance when a person asks for a sync. */
  readonly check: (connection: Connection, signal?: AbortSignal) => Promise<boolean>
  /** Deletes the receipts of a deleted account. */
  readonly forgetAccount: (accountId: AccountId) => Promise<void>
  /** Deletes expired authorization requests and old receipts. Called once an hour. */
  readonly forgetExpired: () => Promise<void>
  readonly revokeDue: (signal?: AbortSignal) => Promise<number>
  /** Measures the queue of all accounts' revocations. */
  readonly measureDue: () => Promise<QueueState>
}

const receiptsShown = 20

export function createConnections(
  parts: ConnectionParts,
  forgetSteps: readonly ForgetStep[],
): Connections {
  const { db } = parts.database
  const waiting = (browserValues: readonly string[]) => ({
    browserHashes: browserValues.map(sha256Base64Url),
    at: parts.clock.now(),
  })
  return {
    begin: (by, reconnects) => beginConnecting(parts, by, reconnects),
    complete: (response) => complete(parts, response),
    hasWaitingCode: (accountId, browserValues) =>
      hasWaitingAuthorizationRequest(db, accountId, waiting(browserValues)),
    resume: (accountId, browserValues) => resume(parts, accountId, waiting(browserValues)),
    keepOwn: async (accountId) => {
      const offer = await findOffer(parts, accountId)
      return offer === undefined
        ? { kind: 'refused', refusal: { kind: 'unknown-request' } }
        : await keepOwnConnection(parts, accountId, offer.held)
    },
    list: (accountId) => listConnections(db, accountId),
    listAll: (page) => listAllConnections(db, page),
    find: (owner) => findUsableConnection(db, owner),
    lockAccess,
    listRevocations: (accountId) => listRevocations(db, accountId, receiptsShown),
    disconnect: (owner) => disconnect(parts, forgetSteps, owner),
    disconnectAll: (accountId) => disconnectAll(parts, forgetSteps, accountId),
    forgetRequests: (accountId) => removeAuthorizationRequests(db, accountId),
    callAttio: (owner, work, signal, urgency) => callAttio(parts, owner, work, signal, urgency),
    checkDue: (signal) => checkConnections(parts, signal),
    check: (connection, signal) => checkConnection(parts, connection, signal),
    forgetAccount: (accountId) => removeReceipts(db, accountId),
    forgetExpired: async () => {
      await removeExpiredAuthorizationRequests(db, parts.clock.now())
      await forgetReceipts(parts)
    },
    measureDue: () => measureDueRevocations(parts.database.db, parts.clock.now()),
    revokeDue: (signal) => revokeDueTokens(parts, signal === undefined ? {} : { signal }),
  }
}

async function lockAccess(db: Db, connection: Connection): Promise<Connection | undefined> {
  if (connection.role === 'owner') return connection
  const seat = await lockSeat(db, connection.connectionId, connection.viewerId)
  return seat && { ...connection, sees: seat.sees, mayLink: seat.mayLink, memberId: seat.memberId }
}

async function complete(
  parts: ConnectionParts,
  response: AuthorizationResponse,
): Promise<Establishment | SignInFirst> {
  const received = await receiveAuthorizationResponse(parts, response)
  const ended =
    received.kind === 'code'
      ? await establishConnection(parts, received.request, received.code)
      : received
  if (ended.kind === 'refused' && response.session !== undefined) {
    await recordRefusal(parts, response.session.accountId, ended.refusal.kind)
  }
  return ended
}

async function resume(
  parts: ConnectionParts,
  accountId: AccountId,
  waiting: { readonly browserHashes: readonly string[]; readonly at: number },
): Promise<Establishment> {
  const request = await consumeWaitingAuthorizationRequest(parts.database.db, accountId, waiting)
  const code = request && openKeptCode(parts, request)
  if (request === undefined || code === undefined) {
    return { kind: 'refused', refusal: { kind: 'unknown-request' } }
  }
  const ended = await establishConnection(parts, request, code)
  if (ended.kind === 'refused') await recordRefusal(parts, accountId, ended.refusal.kind)
  return ended
}

async function recordRefusal(
  parts: ConnectionParts,
  accountId: AccountId,
  reason: string,
): Promise<void> {
  if (!(await parts.limits.admitNote(accountId))) return
  await parts.accounts.recordEvent(parts.database.db, accountId, {
    kind: 'connect-refused',
    details: { reason },
  })
}
