// Begins an authorization request (RFC 6749 §4.1.1 with PKCE, RFC 7636): stores who began it and where, with the
// secrets needed to finish it, and returns the address to send the browser to.
import { createAuthorizationRequest } from '@taskr/attio/oauth'
import {
  asAuthorizationRequestId,
  type AccountId,
  type SessionId,
  type ConnectionId,
} from '../../support/ids.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import { Secret } from '../../support/secret.ts'
import {
  addAuthorizationRequest,
  keepNewestAuthorizationRequests,
  removeExpiredAuthorizationRequests,
} from './authorization-request-store.ts'
import type { ConnectionParts } from '../connection-parts.ts'
import { findConnection, listConnections } from '../usable-connection-store.ts'

export const authorizationRequestMs = 10 * 60_000
const openRequestsPerAccount = 5
const secretBytes = 32

export interface Beginner {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  /** The client's network address, which is rate limited beside the account. */
  readonly address: string
}

export type BegunConnecting =
  | Begun
  | { readonly kind: 'too-many'; readonly retryAt: number }
  | { readonly kind: 'too-many-connections'; readonly most: number }

/** Each connection is synced and kept up to date for as long as it exists. */
export const mostConnections = 50

interface Begun {
  readonly kind: 'begun'
  /** Attio's consent page for this request. */
  readonly url: URL
  readonly browser: BrowserSecret
}

/** The cookie to set: the browser that finishes must send it. */
export interface BrowserSecret {
  readonly name: string
  readonly value: Secret
  readonly maxAgeMs: number
}

export async function beginConnecting(
  parts: ConnectionParts,
  by: Beginner,
  reconnects?: ConnectionId,
): Promise<BegunConnecting> {
  const admission = await parts.limits.admitBeginning(by)
  if (admission.kind === 'too-many') {
    parts.logger.warn('connections.too-many-beginnings', { accountId: by.accountId })
    return admission
  }
  const isNew = reconnects === undefined
  if (isNew && (await listConnections(parts.database.db, by.accountId)).length >= mostConnections) {
    return { kind: 'too-many-connections', most: mostConnections }
  }
  const { url, state, codeVerifier } = await createAuthorizationRequest({
    endpoints: parts.attio.endpoints,
    clientId: parts.attio.clientId,
    redirectUri: parts.attio.redirectUri,
    state: randomText(parts),
  })
  const id = asAuthorizationRequestId(parts.ids())
  const browser = newBrowserSecret(parts, sha256Base64Url(state), authorizationRequestMs)
  const stateHash = sha256Base64Url(state)
  const now = parts.clock.now()
  await parts.database.transaction(async (db) => {
    const own = reconnects && (await findConnection(db, by.accountId, reconnects))
    await removeExpiredAuthorizationRequests(db, now)
    await addAuthorizationRequest(db, by.accountId, {
      accountId: by.accountId,
      authorizationRequestId: id,
      sessionId: by.sessionId,
      stateHash,
      browserHash: sha256Base64Url(browser.value.reveal()),
      sealedCodeVerifier: parts.sealer.seal(
        { field: 'attio.code_verifier', accountId: by.accountId, rowId: id },
        new Secret(codeVerifier),
      ),
      redirectUri: parts.attio.redirectUri,
      reconnects: own?.connectionId,
      sealedCode: undefined,
      createdAt: now,
      expiresAt: now + authorizationRequestMs,
    })
    await keepNewestAuthorizationRequests(db, by.accountId, {
      request: id,
      others: openRequestsPerAccount - 1,
    })
  })
  return { kind: 'begun', url, browser }
}

export function newBrowserSecret(
  parts: Pick<ConnectionParts, 'randomBytes'>,
  stateHash: string,
  maxAgeMs: number,
): BrowserSecret {
  return { name: browserCookieName(stateHash), value: new Secret(randomText(parts)), maxAgeMs }
}

export const browserCookiePrefix = 'attio_flow_'

/** Each request has its own cookie, so that two tabs do not interfere. */
export function browserCookieName(stateHash: string): string {
  return browserCookiePrefix + stateHash.slice(0, 8)
}

function randomText(parts: Pick<ConnectionParts, 'randomBytes'>): string {
  return Buffer.from(parts.randomBytes(secretBytes)).toString('base64url')
}
